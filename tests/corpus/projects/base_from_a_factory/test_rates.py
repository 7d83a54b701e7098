import unittest.mock

import support


class TestRates(support.cleaning_base()):
    def test_rate(self):
        unittest.mock.patch("shop.rate").start()
        self.assertTrue(True)


class TestPrices(support.plain_base()):
    def test_price(self):
        unittest.mock.patch("shop.price").start()  # MLK101
        self.assertTrue(True)
