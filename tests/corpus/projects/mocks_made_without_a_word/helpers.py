from unittest.mock import AsyncMock, Mock


def later(value):
    return AsyncMock(return_value=value)


def answering(value):
    return Mock(return_value=value)


def rates():
    return {"EUR": 1}
