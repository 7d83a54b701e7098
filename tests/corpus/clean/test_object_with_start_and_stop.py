import unittest
from unittest.mock import patch


class ShopPatcher:
    def __init__(self):
        self._charge = patch("shop.orders.charge")
        self._mail = patch("shop.orders.mail")

    def start(self):
        self.charge = self._charge.start()
        self.mail = self._mail.start()
        return self

    def stop(self):
        self._mail.stop()
        self._charge.stop()


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.shop = ShopPatcher()
        self.shop.start()
        self.addCleanup(self.shop.stop)

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(self.shop.mail.called)
