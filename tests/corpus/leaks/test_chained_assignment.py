from unittest import mock

from shop import basket


def test_total_asks_for_the_price():
    price_of = basket.price_of = mock.Mock(return_value=5)  # MLK201
    assert basket.total(["a"]) == 5
    price_of.assert_called_once_with("a")
