import unittest
from typing import cast
from unittest import mock

from shop import basket


class TestBasket(unittest.TestCase):
    def setUp(self):
        price_patch = cast(mock.MagicMock, mock.patch("shop.basket.price_of"))
        self.price_of = price_patch.start()  # MLK101

    def test_total(self):
        self.price_of.return_value = 5
        self.assertEqual(basket.total(["a"]), 5)
