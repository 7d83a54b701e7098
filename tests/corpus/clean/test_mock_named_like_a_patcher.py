import unittest
from unittest import mock


class TestNames(unittest.TestCase):
    def setUp(self):
        self.mock_charge = mock.patch("shop.orders.charge")
        self.charge_patcher = self.mock_charge.start()
        self.addCleanup(self.mock_charge.stop)

    def test_declined(self):
        from shop.orders import place_order

        self.charge_patcher.return_value = False
        self.assertIsNone(place_order("book"))
