import sys
import unittest

import shop

if sys.platform != "none":
    from common import setUpModule


class TestRate(unittest.TestCase):
    def test_rate(self):
        self.assertEqual(shop.rate(), 3)
