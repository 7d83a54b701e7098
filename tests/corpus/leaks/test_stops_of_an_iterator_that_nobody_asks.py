import unittest
from unittest import mock


class TestGenerator(unittest.TestCase):
    def setUp(self):
        self.patchers = [mock.patch("shop.rate"), mock.patch("shop.price")]
        for patcher in self.patchers:
            patcher.start()  # MLK101

    def tearDown(self):
        (patcher.stop() for patcher in self.patchers)

    def test_rate(self):
        self.assertTrue(self.patchers)


class TestMap(unittest.TestCase):
    def setUp(self):
        self.patchers = [mock.patch("shop.rate"), mock.patch("shop.price")]
        for patcher in self.patchers:
            patcher.start()  # MLK101

    def tearDown(self):
        map(lambda patcher: patcher.stop(), self.patchers)

    def test_rate(self):
        self.assertTrue(self.patchers)
