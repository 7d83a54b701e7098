import unittest
from unittest.mock import patch


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.patchers = {
            "charge": patch("shop.orders.charge"),
            "mail": patch("shop.orders.mail"),
        }
        self.mocks = {}
        for name, patcher in self.patchers.items():
            self.mocks[name] = patcher.start()

    def tearDown(self):
        for patcher in self.patchers.values():
            patcher.stop()

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.mocks["mail"].assert_called_once_with("book")
