import unittest
from unittest import mock

from shop import stock


class TestCount(unittest.TestCase):
    def test_assertion_before_the_start(self):
        self.assertTrue(stock.count)
        patcher = mock.patch.object(stock, "count", return_value=3)
        count = patcher.start()
        assert count is not None
        assert isinstance(count, mock.Mock)
        self.addCleanup(patcher.stop)
        self.assertEqual(stock.count("book"), 3)

    def test_assertions_in_the_try(self):
        count = stock.count
        stock.count = mock.Mock(return_value=3)
        try:
            self.assertEqual(stock.count("book"), 3)
            try:
                self.assertEqual(stock.count("pen"), 3)
            finally:
                stock.count.reset_mock()
        finally:
            stock.count = count

    def test_sure_by_another_cleanup(self):
        self.addCleanup(mock.patch.stopall)
        patcher = mock.patch.object(stock, "count", return_value=3)
        patcher.start()
        self.assertEqual(stock.count("book"), 3)
        self.addCleanup(patcher.stop)

    def test_assertion_in_the_cleanup(self):
        self.count = stock.count
        stock.count = mock.Mock(return_value=3)
        self.addCleanup(self.reset)
        self.assertEqual(stock.count("book"), 3)

    def reset(self):
        self.assertIsNotNone(self.count)
        stock.count = self.count
