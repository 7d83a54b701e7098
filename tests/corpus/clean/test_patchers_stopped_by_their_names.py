"""The patchers are kept in fields, and stopped in a loop over the names of the fields."""

import unittest
from unittest import mock

import shop


class TestShop(unittest.TestCase):
    def setUp(self):
        self.rate_patch = mock.patch("shop.rate")
        self.tax_patch = mock.patch("shop.tax")
        self.rate_patch.start()
        self.tax_patch.start()

    def tearDown(self):
        for name in ("rate_patch", "tax_patch"):
            getattr(self, name).stop()

    def test_price(self):
        self.assertTrue(shop.price("tea"))
