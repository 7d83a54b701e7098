from unittest import mock


def test_price_is_asked_for():
    patcher = mock.patch("shop.basket.price_of")
    price_of = patcher.start()  # MLK102
    price_of("a")
    price_of.assert_called_once_with("a")
    patcher.stop()
