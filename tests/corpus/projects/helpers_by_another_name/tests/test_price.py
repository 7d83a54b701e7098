import unittest

import shop
from tests import helpers
from tests.helpers import begin as b
from tests.helpers import without_rates as w


class TestPrice(unittest.TestCase):
    def test_price(self):
        b()  # MLK101
        self.assertEqual(shop.rate(2), 2)

    def test_without(self):
        w()  # MLK204
        helpers.without_till()  # MLK204
        helpers.silent()  # MLK204
        self.assertEqual(shop.rate(2), 3)


class TestSend(unittest.TestCase):
    def setUp(self):
        self.original = helpers.silent_for_a_while()

    def tearDown(self):
        shop.send = self.original

    def test_send(self):
        self.assertIsNone(shop.send())
