from unittest import TestCase
from unittest.mock import patch


class OrdersTest(TestCase):
    def setUp(self):
        self.patcher = patch("shop.orders.charge")
        self.charge = self.patcher.start()

    def tearDown(self):
        self.patcher.stop()

    def test_declined(self):
        from shop.orders import place_order

        self.charge.return_value = False
        self.assertIsNone(place_order("book"))
