from unittest import mock


def make_fake(value):
    fake = mock.Mock()
    fake.return_value = value
    return fake


def mock_free_rate():
    return lambda currency: 0
