import unittest
from unittest.mock import patch


class TestOrders(unittest.TestCase):
    def setUp(self):
        for name in ("charge", "mail"):
            patcher = patch("shop.orders." + name)
            setattr(self, name, patcher.start())
            self.addCleanup(patcher.stop)

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(self.mail.called)
