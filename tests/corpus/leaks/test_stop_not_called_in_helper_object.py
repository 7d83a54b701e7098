import unittest
from unittest import mock

from shop import basket


class _PricePatch:
    def __init__(self, price):
        self.patcher = mock.patch("shop.basket.price_of", return_value=price)

    def start(self):
        self.patcher.start()

    def stop(self):
        self.patcher.stop  # MLK105


class TestBasket(unittest.TestCase):
    def setUp(self):
        self.price = _PricePatch(5)
        self.price.start()
        self.addCleanup(self.price.stop)

    def test_total(self):
        self.assertEqual(basket.total(["a"]), 5)
