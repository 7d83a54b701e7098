import unittest
from unittest.mock import patch


class Base(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(patch.stopall)


class Middle(Base):
    pass


class TestOrders(Middle):
    def setUp(self):
        super().setUp()
        self.charge = patch("shop.orders.charge").start()

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.charge.assert_called_once_with(12)
