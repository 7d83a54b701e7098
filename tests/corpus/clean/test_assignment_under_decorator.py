import unittest
from unittest import mock

from shop import orders


class TestOrders(unittest.TestCase):
    @mock.patch("shop.orders.charge")
    def test_declined(self, charge):
        charge.return_value = False
        orders.charge = mock.Mock(return_value=False)
        self.assertIsNone(orders.place_order("book"))
