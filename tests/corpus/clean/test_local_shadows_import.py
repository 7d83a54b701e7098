from unittest import mock

from shop import client


def test_session():
    client = mock.Mock()
    client.login = mock.Mock(return_value="token")
    assert client.login("ada") == "token"


def test_real_client():
    assert client.Client("http://localhost").url == "http://localhost"
