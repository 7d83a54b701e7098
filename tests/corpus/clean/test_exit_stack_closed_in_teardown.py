import unittest
from contextlib import ExitStack
from unittest import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.stack = ExitStack()
        self.stack.__enter__()
        self.charge = self.stack.enter_context(mock.patch("shop.orders.charge"))

    def tearDown(self):
        self.stack.__exit__(None, None, None)

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.charge.assert_called_once_with(12)
