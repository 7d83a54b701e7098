import unittest
from types import SimpleNamespace
from unittest import mock

from shop import stock


class TestStock(unittest.TestCase):
    def setUp(self):
        self.patchers = SimpleNamespace()
        for name in ("count", "order"):
            patcher = mock.patch.object(stock, name)
            setattr(self.patchers, name, patcher)
            patcher.start()

    def tearDown(self):
        self.patchers.count.stop()
        self.patchers.order.stop()

    def test_order(self):
        stock.order("book")
        stock.count.assert_not_called()
