import unittest
from unittest.mock import patch


class TestTax(unittest.TestCase):
    rate_patch = patch("shop.tax.rate", return_value=0.2)
    rate_patch.start()  # MLK107

    def test_tax(self):
        from shop.tax import tax

        self.assertEqual(tax(100), 20)
