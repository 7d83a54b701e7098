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


class TestTakenForTheMock(unittest.TestCase):
    def setUp(self):
        self.taken = mock.patch("shop.rate")  # MLK403
        self.taken.return_value = 3
        self.passed_on = mock.patch("shop.price")
        self.passed_on.return_value = 3

    def test_rate(self):
        price = mock.patch("shop.price")  # MLK403
        price.return_value = 4
        started = mock.patch("shop.tax")
        started.return_value = 4
        with started, self.passed_on:
            self.assertEqual(self.taken.call_count, 0)
