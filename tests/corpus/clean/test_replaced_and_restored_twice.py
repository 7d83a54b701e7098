import unittest
from unittest import mock

from shop import tax


class TestTax(unittest.TestCase):
    def test_low_and_high(self):
        patcher = mock.patch.object(tax, "rate", return_value=0.1)
        with patcher:
            self.assertEqual(tax.tax(100), 10)
        with patcher as rate:
            rate.return_value = 0.3
            self.assertEqual(tax.tax(100), 30)
