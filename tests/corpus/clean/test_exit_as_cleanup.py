import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch("shop.orders.charge")
        self.charge = patcher.__enter__()
        self.addCleanup(patcher.__exit__, None, None, None)

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(self.charge.called)
