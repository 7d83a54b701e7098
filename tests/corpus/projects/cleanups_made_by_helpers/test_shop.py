import unittest
from unittest import mock

import helpers
import shop


class TestRestored(unittest.TestCase):
    def setUp(self):
        self.addCleanup(helpers.restorer())
        self.addCleanup(helpers.rate_restorer())

    def test_price(self):
        shop.price = mock.Mock(return_value=2)
        self.assertEqual(shop.price(), 2)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=2)
        self.assertEqual(shop.rate(), 2)


class TestNotRestored(unittest.TestCase):
    def setUp(self):
        self.addCleanup(helpers.nothing())

    def test_price(self):
        shop.price = mock.Mock(return_value=2)  # MLK201
        self.assertEqual(shop.price(), 2)
