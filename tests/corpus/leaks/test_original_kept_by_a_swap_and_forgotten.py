import unittest
from unittest import mock

from shop import orders


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.fake = mock.Mock(return_value="paid")
        self.charge, orders.charge = orders.charge, self.fake  # MLK201

    def test_order(self):
        orders.place("book")
        self.fake.assert_called_once_with("book")
