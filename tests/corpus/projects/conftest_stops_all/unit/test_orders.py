import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.charge = mock.patch("shop.orders.charge").start()

    def test_charges(self):
        self.charge("book")
        self.charge.assert_called_once_with("book")
