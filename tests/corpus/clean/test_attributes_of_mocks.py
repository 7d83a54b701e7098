import unittest
from unittest import mock

from shop.orders import Orders


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.gateway = mock.Mock()
        self.gateway.charge = mock.Mock(return_value=True)
        self.gateway.refund.side_effect = ValueError
        self.orders = Orders(self.gateway)

    def test_charges(self):
        self.orders.place("book")
        self.gateway.charge.assert_called_once_with(12)
