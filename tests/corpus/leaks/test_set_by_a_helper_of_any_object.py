import unittest
from unittest import mock

import shop.rates


class TestRates(unittest.TestCase):
    def replace(self, owner, name):
        setattr(owner, name, mock.Mock())  # MLK201

    def test_rate(self):
        self.replace(shop.rates, "fetch")
        self.assertTrue(shop.rates.fetch())
