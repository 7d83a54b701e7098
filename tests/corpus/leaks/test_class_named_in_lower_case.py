from unittest import mock

from shop import basket


class test_Basket:  # collected by ``python_classes = test_*``
    def setup_method(self):
        self.price_of = mock.patch.object(basket, "price_of").start()  # MLK101

    def test_total(self):
        self.price_of.return_value = 5
        assert basket.total(["a"]) == 5
