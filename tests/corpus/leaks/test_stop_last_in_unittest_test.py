import unittest
from unittest.mock import patch

from shop import basket


class TestBasket(unittest.TestCase):
    def test_total(self):
        patcher = patch.object(basket, "price_of")
        price_of = patcher.start()  # MLK102
        price_of.return_value = 5
        self.assertEqual(basket.total(["a", "b"]), 10)
        patcher.stop()

    def test_empty(self):
        self.assertEqual(basket.total([]), 0)
