import unittest
from unittest import mock

from shop import tax


class TestTax(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch.object(tax, "rate", return_value=0.1)
        self.patcher.start()
        self.addCleanup(self.patcher.stop)

    def test_without_the_patch(self):
        self.patcher.stop()
        self.assertEqual(tax.tax(0), 0)
        self.patcher.start()
        self.assertEqual(tax.tax(100), 10)
