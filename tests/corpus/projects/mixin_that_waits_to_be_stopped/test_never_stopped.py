import unittest

import shop
from mixins import CleanedMixin, HourMixin, RegisteringMixin


class TestOpen(HourMixin, unittest.TestCase):  # MLK101
    def test_open(self):
        self.assertTrue(shop.is_open())


class TestCleaned(CleanedMixin, unittest.TestCase):  # MLK101
    def test_open(self):
        self.assertTrue(shop.is_open())


class TestRegistered(RegisteringMixin, unittest.TestCase):
    def test_open(self):
        self.assertTrue(shop.is_open())
