import unittest
from unittest import mock

from shop import tax


class TestTax(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch.object(tax, "rate", return_value=0.1)
        self.patcher.start()
        self.addCleanup(self.patcher.stop)

    def test_with_and_without(self):
        self.assertEqual(tax.tax(100), 10)
        self.patcher.stop()
        self.assertNotEqual(tax.tax(100), 10)
