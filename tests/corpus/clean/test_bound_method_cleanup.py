import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.addCleanup(self.stop_patches)
        self.patcher = mock.patch("shop.orders.charge")
        self.charge = self.patcher.start()

    def stop_patches(self):
        self.patcher.stop()

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(self.charge.called)
