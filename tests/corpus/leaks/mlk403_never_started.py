import unittest
from unittest import mock

import shop


class TestShop(unittest.TestCase):
    def setUp(self):
        mock.patch("shop.charge")  # MLK403
        mock.patch.object(  # MLK403
            shop,
            "refund",
        )
        self.log_patch = mock.patch("shop.log")  # MLK403

    def test_refund(self):
        never_used = mock.patch("shop.refund")  # MLK403
        self.assertTrue(shop)


class TestForgottenOfTwo(unittest.TestCase):
    def test_one_of_two(self):
        first = mock.patch("shop.charge")
        second = mock.patch("shop.refund")  # MLK403
        with first:
            self.assertTrue(shop)
