from unittest import mock

from shop import stock


def test_sold_out():
    saved = stock.count
    try:
        stock.count = mock.Mock(return_value=0)
        assert stock.is_sold_out("book")
    finally:
        stock.count = saved
