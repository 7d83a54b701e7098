import unittest
from unittest import mock

from shop import stock


class TestCount(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch.object(stock, "count")
        self.count = self.patcher.start()  # MLK101

    def tearDown(self):
        if self.count.called:
            self.patcher.stop()

    def test_order(self):
        stock.order("book")
