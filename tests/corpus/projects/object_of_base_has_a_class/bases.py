import unittest

import fakes


class ShopTestCase(unittest.TestCase):
    def setUp(self):
        self.shop = fakes.Shop()
        self.shop.till = fakes.Till()
        self.till = fakes.Till()
