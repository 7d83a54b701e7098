import unittest
from unittest import mock

import shop


class TestRates(unittest.TestCase):
    def setUp(self):
        self.patchers = [
            mock.patch("shop.rate", return_value=1),
            mock.patch("shop.rate", return_value=6),
        ]
        for patcher in self.patchers:
            patcher.start()

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()  # MLK110

    def test_rate(self):
        self.assertEqual(shop.rate(), 6)


class TestStoppedInReverse(unittest.TestCase):
    def setUp(self):
        self.patchers = [
            mock.patch("shop.rate", return_value=1),
            mock.patch("shop.rate", return_value=6),
        ]
        for patcher in self.patchers:
            patcher.start()

    def tearDown(self):
        for patcher in reversed(self.patchers):
            patcher.stop()

    def test_rate(self):
        self.assertEqual(shop.rate(), 6)


class TestCleanedUp(unittest.TestCase):
    def setUp(self):
        for rate in [mock.patch("shop.rate", return_value=1), mock.patch("shop.rate", return_value=6)]:
            rate.start()
            self.addCleanup(rate.stop)

    def test_rate(self):
        self.assertEqual(shop.rate(), 6)
