"""A fixture sets the default again behind its `yield`."""

from unittest import mock

import pytest
import shop


@pytest.fixture(autouse=True)
def reset_handler():
    yield
    shop.ERROR_HANDLER = lambda error: False


def test_handler():
    shop.ERROR_HANDLER = mock.Mock(return_value=True)
    assert shop.handle(ValueError())
