import unittest
from unittest.mock import patch

from shop.tax import tax


class TestTax(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        patcher = patch("shop.tax.rate", return_value=0.2)
        cls.rate = patcher.start()
        cls.addClassCleanup(patcher.stop)

    def test_tax(self):
        self.assertEqual(tax(100), 20)
