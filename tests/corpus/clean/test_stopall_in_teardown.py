import unittest

import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.charge = mock.patch("shop.orders.charge").start()
        self.mail = mock.patch("shop.orders.mail").start()

    def tearDown(self):
        mock.patch.stopall()

    def test_mails(self):
        from shop.orders import place_order

        place_order("book")
        self.mail.assert_called_once_with("book")
