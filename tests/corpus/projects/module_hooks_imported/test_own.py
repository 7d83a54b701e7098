import unittest

import common
import shop
from common import setUpModule


def tearDownModule():
    common.tearDownModule()


class TestRate(unittest.TestCase):
    def test_rate(self):
        self.assertEqual(shop.rate(), 3)
