import unittest
from unittest import mock


class StopsPatches:
    def tearDown(self):
        super().tearDown()
        mock.patch.stopall()


class TestOrders(StopsPatches, unittest.TestCase):
    def setUp(self):
        self.charge = mock.patch("shop.orders.charge").start()

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.charge.assert_called_once_with(12)
