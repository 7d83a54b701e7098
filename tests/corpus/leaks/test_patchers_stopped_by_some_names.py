"""The patchers are stopped in a loop over names, and one name is missing."""

import unittest
from unittest import mock

import shop


class TestShop(unittest.TestCase):
    def setUp(self):
        self.rate_patch = mock.patch("shop.rate")
        self.tax_patch = mock.patch("shop.tax")
        self.rate_patch.start()
        self.tax_patch.start()  # MLK101

    def tearDown(self):
        for name in ("rate_patch",):
            getattr(self, name).stop()

    def test_price(self):
        self.assertTrue(shop.price("tea"))
