from unittest import mock

from shop.testing import ShopTestCase


class TestOrders(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.orders.charge").start()

    def test_charges(self):
        self.place_order("book")
        self.charge.assert_called_once_with(12)
