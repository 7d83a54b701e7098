from unittest import mock

from shop import basket


def free(function):
    def wrapped(self):
        self.price_of = mock.patch.object(basket, "price_of", return_value=0).start()  # MLK101
        return function(self)

    return wrapped


class TestBasket:
    @free
    def test_total(self):
        assert basket.total(["a", "b"]) == 0
