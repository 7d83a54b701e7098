import mock

from .near import Near


class TestOrders(Near):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.orders.charge").start()

    def test_charges(self):
        self.charge("book")
        self.charge.assert_called_once_with("book")
