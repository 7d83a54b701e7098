from unittest import mock

import shop
from bases import ShopTestCase


class TestOrders(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.convert = mock.patch("shop.convert").start()

    def test_rates(self):
        shop.RATES = mock.Mock()
        self.assertTrue(shop.RATES.load())

    def test_price(self):
        shop.price = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(shop.price("tea"), 3)
