# select: MLK206
import os
import unittest

from shop.config import load


class TestConfig(unittest.TestCase):
    def test_debug(self):
        os.environ["SHOP_DEBUG"] = "1"  # MLK206
        self.assertTrue(load().debug)
