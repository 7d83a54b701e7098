from unittest import mock

import shop
from bases import ShopTestCase


class TestOrders(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.convert = mock.patch("shop.convert").start()

    def test_price(self):
        shop.price = mock.Mock(return_value=3)
        self.assertEqual(shop.price("tea"), 3)

    def test_rates(self):
        shop.RATES = mock.Mock()
        self.assertTrue(shop.RATES.load())

    def test_convert(self):
        shop.print = mock.Mock()  # MLK201
        self.convert.assert_not_called()
