from unittest import mock

from oslotest import base
from shop import orders


class TestOrders(base.BaseTestCase):
    def setUp(self):
        super(TestOrders, self).setUp()
        self.charge = mock.patch.object(orders, "charge").start()

    def test_charges(self):
        orders.place_order("book")
        self.charge.assert_called_once_with(12)
