from unittest import mock

from bases import PatchingTestCase


class TestOrders(PatchingTestCase):
    def setUp(self):
        self.log = []
        self.charge = mock.patch("shop.orders.charge").start()  # MLK101

    def tearDown(self):
        self.log.clear()

    def test_charges(self):
        self.charge("book")
        self.charge.assert_called_once_with("book")
