import unittest

import shop


class ShopTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self._price = shop.price

    def tearDown(self):
        shop.price = self._price
        super().tearDown()
