from unittest import mock

import shop


def test_get():
    kind = type(shop.client)
    kind.get = mock.Mock(return_value=3)  # MLK201
    assert shop.client.get() == 3


def test_own():
    kind = type(mock.Mock())
    kind.get = mock.Mock(return_value=3)
    assert kind.get() == 3
