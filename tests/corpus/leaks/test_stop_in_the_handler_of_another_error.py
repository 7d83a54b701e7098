import unittest
from unittest import mock

from shop import stock


class TestCount(unittest.TestCase):
    def test_value_error(self):
        patcher = mock.patch.object(stock, "count", return_value=3)
        patcher.start()  # MLK102
        try:
            self.assertEqual(stock.count("book"), 3)
        except ValueError:
            patcher.stop()
            raise
        patcher.stop()

    def test_any_error(self):
        patcher = mock.patch.object(stock, "count", return_value=3)
        patcher.start()
        try:
            self.assertEqual(stock.count("book"), 3)
        except (ValueError, AssertionError):
            patcher.stop()
            raise
        patcher.stop()
