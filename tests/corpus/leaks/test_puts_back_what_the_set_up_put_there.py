"""A test that puts back what it found puts back the fake of the set-up: the line that leaks is that of the set-up."""

import unittest
from unittest import mock

import shop


class FakeTill:
    def price(self):
        return 2


class TestShop(unittest.TestCase):
    def setUp(self):
        shop.till = FakeTill()  # MLK204
        shop.log = mock.Mock()  # MLK201

    def test_no_till(self):
        saved = shop.till
        shop.till = None
        self.assertIsNone(shop.total())
        shop.till = saved

    def test_no_log(self):
        saved = shop.log
        shop.log = None
        self.assertEqual(shop.total(), 2)
        shop.log = saved

    def test_till_of_its_own(self):
        till = FakeTill()
        shop.till = till  # MLK204
        self.assertEqual(shop.total(), 2)
