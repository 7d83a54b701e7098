import unittest
from unittest.mock import patch

from shop.tax import tax


class TestTax(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rate_patch = patch("shop.tax.rate", return_value=0.2)
        cls.rate_patch.start()

    @classmethod
    def tearDownClass(cls):
        cls.rate_patch.stop()

    def test_tax(self):
        self.assertEqual(tax(100), 20)

    def test_tax_of_nothing(self):
        self.assertEqual(tax(0), 0)
