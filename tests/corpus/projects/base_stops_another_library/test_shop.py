import unittest.mock

import mock

import compat
import shop
from bases import OrderTestCase, ShopTestCase


class TestPrice(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.price = mock.patch.object(shop, "price").start()  # MLK101
        self.rate = unittest.mock.patch.object(shop, "rate").start()

    def test_price(self):
        self.assertIs(shop.price, self.price)


class TestOrder(OrderTestCase):
    def test_price(self):
        mock.patch("shop.price").start()  # MLK101
        compat.mock.patch("shop.rate").start()
        unittest.mock.patch("shop.print", create=True).start()
        self.assertIsNotNone(shop.price("tea"))
