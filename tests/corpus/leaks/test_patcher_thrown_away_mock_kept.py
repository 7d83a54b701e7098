import unittest

import mock
from shop import orders


class TestOrders(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch.object(orders, "charge").start()  # MLK101
        self.charge.return_value = True

    def test_order_is_charged(self):
        orders.place_order("book")
        self.charge.assert_called_once_with(12)
