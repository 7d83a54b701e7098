import unittest

import shop
from fakes import NoShop


class TestShop(NoShop, unittest.TestCase):
    def test_shop(self):
        self.assertIsNotNone(shop.rate())
