from unittest import mock

from bases import QuietTestCase


class TestOrders(QuietTestCase):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.orders.charge").start()  # MLK101

    def test_charges(self):
        self.charge("book")
        self.charge.assert_called_once_with("book")
