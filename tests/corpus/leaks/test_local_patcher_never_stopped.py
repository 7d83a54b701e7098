from unittest import TestCase
from unittest.mock import patch

from shop.orders import place_order


class PlaceOrderTest(TestCase):
    def test_charges_the_card(self):
        charge_patcher = patch("shop.orders.charge", return_value=True)
        charge = charge_patcher.start()  # MLK101

        place_order("book", quantity=2)

        charge.assert_called_once_with(24)
