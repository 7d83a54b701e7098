import unittest
from contextlib import ExitStack
from unittest.mock import patch


class TestOrders(unittest.TestCase):
    def setUp(self):
        with ExitStack() as stack:
            self.charge = stack.enter_context(patch("shop.orders.charge"))
            self.mail = stack.enter_context(patch("shop.orders.mail"))
            self.addCleanup(stack.pop_all().close)

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(self.mail.called)
