import unittest
from unittest.mock import patch

from shop.orders import place_order


class TestOrders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mail = cls.enterClassContext(patch("shop.orders.mail"))

    def setUp(self):
        self.charge = self.enterContext(patch("shop.orders.charge"))

    def test_charges(self):
        place_order("book")
        self.charge.assert_called_once_with(12)
