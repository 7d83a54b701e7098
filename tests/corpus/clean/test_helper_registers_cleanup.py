import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def patch(self, target, **kwargs):
        patcher = mock.patch(target, **kwargs)
        mocked = patcher.start()
        self.addCleanup(patcher.stop)
        return mocked

    def setUp(self):
        self.charge = self.patch("shop.orders.charge", return_value=True)
        self.mail = self.patch("shop.orders.mail")

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.mail.assert_called_once_with("book")
