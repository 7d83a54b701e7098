import unittest
from unittest.mock import patch


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.charge_patcher = patch("shop.orders.charge")
        self.addCleanup(self.charge_patcher.stop)
        self.charge = self.charge_patcher.start()

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.assertEqual(self.charge.call_count, 1)
