import unittest
from unittest import mock

from shop import tax


class TestTax(unittest.TestCase):
    def setUp(self):
        self.low = mock.patch.object(tax, "rate", return_value=0.1)
        self.high = mock.patch.object(tax, "rate", return_value=0.3)
        self.low.start()
        self.high.start()

    def tearDown(self):
        self.low.stop()
        self.high.stop()  # MLK110

    def test_high_rate_wins(self):
        self.assertEqual(tax.tax(100), 30)
