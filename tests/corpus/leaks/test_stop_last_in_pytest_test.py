import mock
from shop.basket import total


def test_total_asks_for_each_price():
    p = mock.patch("shop.basket.price_of", return_value=5)
    price_of = p.start()  # MLK102

    assert total(["a", "b"]) == 10
    assert price_of.call_count == 2

    p.stop()
