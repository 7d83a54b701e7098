import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        charge_patch = mock.patch("shop.orders.charge")
        self.charge = charge_patch.start()
        self.addCleanup(lambda: charge_patch.stop())

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(self.charge.called)
