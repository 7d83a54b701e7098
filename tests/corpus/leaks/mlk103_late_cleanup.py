# select: MLK103
import unittest
from unittest import mock

import shop


class TestLate(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate")
        self.rate = self.patcher.start()  # MLK103
        self.hosts = shop.read_hosts()
        self.addCleanup(self.patcher.stop)

    def test_rate(self):
        self.assertIs(shop.rate, self.rate)


class TestInTime(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate")
        self.rate = self.patcher.start()
        self.rate.return_value = 3
        self.addCleanup(self.patcher.stop)
        self.hosts = shop.read_hosts()

    def test_rate(self):
        self.assertEqual(shop.rate(), 3)


class TestTwo(unittest.TestCase):
    def setUp(self):
        self.rate = mock.patch("shop.rate")
        self.addCleanup(self.rate.stop)
        self.send = mock.patch("shop.send")
        self.addCleanup(self.send.stop)
        self.rate.start()
        self.send.start()
        self.hosts = shop.read_hosts()

    def test_rate(self):
        self.assertIsNotNone(shop.rate())
