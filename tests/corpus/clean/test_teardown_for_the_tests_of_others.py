from unittest import mock

from shop import stock

counted = mock.patch("shop.stock.count", return_value=3)


def setup_stock():
    counted.start()


def teardown_stock():
    counted.stop()


def test_empty():
    assert stock.name() == "stock"
