import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def run(self, result=None):
        patcher = mock.patch("shop.orders.charge")
        self.charge = patcher.start()
        try:
            return super().run(result)
        finally:
            patcher.stop()

    def test_charges(self):
        from shop.orders import place_order

        place_order("book")
        self.charge.assert_called_once_with(12)
