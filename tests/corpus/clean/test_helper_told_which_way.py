import unittest
from unittest import mock

from shop import stock


class TestStock(unittest.TestCase):
    def switch(self, on, verbose=False):
        if not on:
            stock.count = self.count
        else:
            self.count = stock.count
            stock.count = mock.Mock(return_value=3)
        if verbose:
            print(on)

    def setUp(self):
        self.switch(True)
        self.addCleanup(self.switch, False)

    def test_count(self):
        self.assertEqual(stock.count("book"), 3)
