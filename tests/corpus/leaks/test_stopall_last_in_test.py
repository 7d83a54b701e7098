from unittest import TestCase
from unittest.mock import patch

from shop.basket import Basket


class BasketTest(TestCase):
    def test_checkout(self):
        pay = patch("shop.basket.pay").start()  # MLK102
        ship = patch("shop.basket.ship").start()  # MLK102
        Basket(["book"]).checkout()
        self.assertTrue(pay.called)
        self.assertTrue(ship.called)
        patch.stopall()
