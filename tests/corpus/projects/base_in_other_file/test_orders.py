from unittest import mock

from bases import PatchingTestCase


class TestOrders(PatchingTestCase):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.orders.charge").start()

    def test_charges(self):
        self.charge("book")
        self.charge.assert_called_once_with("book")
