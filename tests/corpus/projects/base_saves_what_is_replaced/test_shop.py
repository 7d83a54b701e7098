from unittest import mock

import shop
from bases import ShopTestCase


class TestSavedTooLate(ShopTestCase):
    def setUp(self):
        shop.price = mock.Mock(return_value=2)  # MLK201
        super().setUp()

    def test_price(self):
        self.assertEqual(shop.price(), 2)


class TestSavedBefore(ShopTestCase):
    def setUp(self):
        super().setUp()
        shop.price = mock.Mock(return_value=2)

    def test_price(self):
        self.assertEqual(shop.price(), 2)
