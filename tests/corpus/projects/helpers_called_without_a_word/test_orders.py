import unittest

import shop
from testing import start_order_patch


class TestOrder(unittest.TestCase):
    def test_hot(self):
        start_order_patch("hot")  # MLK101
        self.assertEqual(shop.order(), "hot")

    def test_cold(self):
        patcher = start_order_patch("cold")
        self.addCleanup(patcher.stop)
        self.assertEqual(shop.order(), "cold")
