import unittest
from unittest import mock

from shop import orders, stock


class Patched(unittest.TestCase):
    def run(self, result=None):
        with mock.patch.object(stock, "count"), mock.patch("shop.orders.charge"):
            return super().run(result)


class TestOrders(Patched):
    def test_count(self):
        stock.count = mock.Mock(return_value=3)
        self.assertEqual(stock.count("book"), 3)

    def test_charge(self):
        orders.charge = mock.Mock()
        orders.charge(1)
        orders.charge.assert_called_once_with(1)
