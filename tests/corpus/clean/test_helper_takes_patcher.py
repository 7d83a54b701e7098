import unittest
from unittest.mock import patch


class TestOrders(unittest.TestCase):
    def _start(self, patcher):
        self.addCleanup(patcher.stop)
        return patcher.start()

    def setUp(self):
        self.charge = self._start(patch("shop.orders.charge"))
        mail_patch = patch("shop.orders.mail")
        self.mail = self._start(mail_patch)

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(self.mail.called)
