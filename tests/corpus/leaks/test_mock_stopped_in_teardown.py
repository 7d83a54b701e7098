import unittest
from unittest.mock import patch

from shop.tax import tax


class TestTax(unittest.TestCase):
    def setUp(self):
        self.rate_patch = patch("shop.tax.rate").start()
        self.rate_patch.return_value = 0.2

    def tearDown(self):
        self.rate_patch.stop()  # MLK109

    def test_tax(self):
        self.assertEqual(tax(100), 20)
