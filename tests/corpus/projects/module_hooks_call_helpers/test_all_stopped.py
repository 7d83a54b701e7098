import unittest

import helpers
import shop


def setUpModule():
    helpers.start_patches()


def tearDownModule():
    helpers.stop_patches()


class TestShop(unittest.TestCase):
    def test_price(self):
        self.assertIsNotNone(shop.price())
