import unittest

import shop


class Registers(unittest.TestCase):
    def setup_method(self, method):
        self.addCleanup(setattr, shop, "rate", shop.rate)


class Restores(unittest.TestCase):
    def setup_method(self, method):
        self._rate = shop.rate

    def teardown_method(self, method):
        shop.rate = self._rate
