import unittest

import helpers
import shop

_price = helpers.price_patcher()
_rate = helpers.rate_patcher()


def setUpModule():
    _price.start()
    _rate.start()  # MLK101


def tearDownModule():
    _price.stop()


class TestShop(unittest.TestCase):
    def test_price(self):
        self.assertIsNotNone(shop.price())
