import contextlib
import unittest
from unittest import mock


def patched_shop():
    stack = contextlib.ExitStack()
    stack.enter_context(mock.patch("shop.orders.charge"))
    stack.enter_context(mock.patch("shop.orders.mail"))
    return stack


class TestOrders(unittest.TestCase):
    def test_order(self):
        from shop.orders import place_order

        with patched_shop():
            self.assertIsNotNone(place_order("book"))
