import contextlib
from unittest import mock

import shop.stock


@contextlib.contextmanager
def no_network():
    original = shop.stock.fetch
    shop.stock.fetch = mock.Mock(side_effect=ConnectionError)  # MLK202
    yield
    shop.stock.fetch = original


def test_offline_stock_is_empty():
    with no_network():
        assert shop.stock.list_all() == []
