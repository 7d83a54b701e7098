import unittest
from unittest.mock import patch


class TestOrders(unittest.TestCase):
    def run(self, result=None):
        with patch("shop.orders.charge") as charge:
            self.charge = charge
            super().run(result)

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.charge.assert_called_once_with(12)
