import unittest
from unittest.mock import patch


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.addCleanup(patch.stopall)
        self.charge = patch("shop.orders.charge").start()
        self.mail = patch("shop.orders.mail").start()

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.mail.assert_called_once_with("book")
