from types import SimpleNamespace
from unittest import mock

import shop
from shop import client, rates


def test_parts():
    match {"client": SimpleNamespace(), "more": [1, 2]}:
        case {"client": client, **rates}:
            client.get = mock.Mock(return_value=3)
            rates["EUR"] = mock.Mock()
            assert client.get() == 3


def test_whole():
    match shop.Client():
        case shop.Client() as shop_client:
            shop_client.get = mock.Mock()
        case client:
            client.get = mock.Mock()
