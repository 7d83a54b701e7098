from unittest import mock

from shop import stock


def test_sold_out():
    original = stock.count
    stock.count = mock.Mock(return_value=0)
    try:
        assert stock.is_sold_out("book")
    finally:
        stock.count = original
