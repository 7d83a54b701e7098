import unittest
from unittest import mock

from shop import stock


class TestCount(unittest.TestCase):
    def test_started(self):
        patcher = mock.patch.object(stock, "count", return_value=3)
        count = patcher.start()  # MLK102
        assert stock.count("book") == 3
        try:
            count.assert_called_once_with("book")
        finally:
            patcher.stop()

    def test_replaced(self):
        count, stock.count = stock.count, mock.Mock()  # MLK202
        stock.count("book")
        stock.count.assert_called_once_with("book")
        try:
            self.assertTrue(stock.count("pen"))
        finally:
            stock.count = count
