import unittest

import loghelpers
import shop


class TestLog(unittest.TestCase):
    def setUp(self):
        self.quiet = False
        self.log, self.rates = shop.LOG, shop.RATES
        shop.LOG = loghelpers.make_log()
        shop.RATES = loghelpers.read_rates()

    def tearDown(self):
        if self.quiet:
            shop.LOG = self.log  # MLK208

    def test_price(self):
        self.assertEqual(shop.price("tea"), 2)
        self.assertEqual(loghelpers.calls(shop.LOG), [])


class TestLogPutBack(unittest.TestCase):
    def setUp(self):
        self.log = shop.LOG
        shop.LOG = loghelpers.make_log()

    def tearDown(self):
        shop.LOG = self.log

    def test_price(self):
        self.assertEqual(shop.price("tea"), 2)
