from unittest import mock

from shop.orders import place_order


class TestOrders:
    charge_patch = mock.patch("shop.orders.charge")
    mail_patch = mock.patch("shop.orders.mail")

    def setup_method(self):
        for patcher in (self.charge_patch, self.mail_patch):
            patcher.start()

    def teardown_method(self):
        for patcher in (self.mail_patch, self.charge_patch):
            patcher.stop()

    def test_order(self):
        assert place_order("book")
