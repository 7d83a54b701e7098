import unittest
from unittest import mock

from shop import orders, stock


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.stops = []
        for name in ("charge", "refund"):
            patcher = mock.patch.object(orders, name)
            patcher.start()
            self.stops.append(patcher.stop)
        patcher = mock.patch.object(stock, "count", return_value=3)
        self.count = patcher.start()
        self.finish = patcher.stop
        self.addCleanup(self.end)

    def end(self):
        self.finish()
        for each in self.stops:
            each()

    def test_refund(self):
        orders.refund(1)
        orders.charge.assert_not_called()
