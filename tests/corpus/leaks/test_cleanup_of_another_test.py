"""What one test registers as a cleanup does nothing for the others."""

import unittest
from unittest import mock

import shop


class TestShop(unittest.TestCase):
    def test_rate(self):
        self.addCleanup(setattr, shop, "rate", shop.rate)
        shop.rate = mock.Mock(return_value=2)
        self.assertEqual(shop.price(1), 2)

    def test_rate_of_zero(self):
        shop.rate = mock.Mock(return_value=0)  # MLK201
        self.assertEqual(shop.price(1), 0)
