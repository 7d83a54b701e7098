import contextlib
import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.charge = self.stack.enter_context(mock.patch("shop.orders.charge"))

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.charge.assert_called_once_with(12)
