from unittest import mock

import shop
from bases import Registers, Restores


class TestRegistered(Registers):
    def setUp(self):
        super().setUp()
        shop.rate = mock.Mock(return_value=3)

    def test_price(self):
        shop.price = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(shop.price("tea"), 3)


class TestRestored(Restores):
    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)
