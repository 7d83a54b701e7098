import unittest
from unittest import mock

from shop import orders, stock


class TestOrders(unittest.TestCase):
    def setUp(self):
        for name in ("charge", "refund"):
            patcher = mock.patch.object(orders, name)
            patcher.start()  # MLK101
        self.addCleanup(patcher.stop)

    def test_fields(self):
        for name in ("count", "order"):
            self.patcher = mock.patch.object(stock, name)
            self.patcher.start()  # MLK101
        self.addCleanup(self.patcher.stop)

    def test_each(self):
        for name in ("ship", "cancel"):
            patcher = mock.patch.object(orders, name)
            patcher.start()
            self.addCleanup(patcher.stop)

    def test_one(self):
        for name in ("place",):
            patcher = mock.patch.object(orders, name)
            patcher.start()
        self.addCleanup(patcher.stop)

    def test_first_that_is_there(self):
        for name in ("pack", "wrap"):
            if hasattr(orders, name):
                patcher = mock.patch.object(orders, name)
                patcher.start()
                break
        self.addCleanup(patcher.stop)
