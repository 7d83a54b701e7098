import unittest

import shop
from common import setUpModule  # MLK101


class TestRate(unittest.TestCase):
    def test_rate(self):
        self.assertEqual(shop.rate(), 3)
