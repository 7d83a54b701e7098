import unittest
from unittest import mock

import shop
from tests.utils import BrokenTill, QuietTill, register, unregister


class TestTills(unittest.TestCase):
    def setUp(self):
        register("quiet", QuietTill)
        self.addCleanup(unregister, "quiet")

    def test_pay(self):
        self.assertTrue(shop.TILLS["quiet"]().pay())

    def test_broken(self):
        register("broken", BrokenTill)  # MLK205
        self.assertRaises(OSError, shop.TILLS["broken"]().pay)

    def test_mock(self):
        register("mock", mock.Mock())  # MLK205
        self.assertTrue(shop.TILLS["mock"]().pay())

    def test_its_own(self):
        register("shop", shop.Till)
        self.assertRaises(OSError, shop.TILLS["shop"]().pay)
