import unittest
from unittest import mock


class RateCase(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate")
        self.rate = self.patcher.start()  # MLK101

    def tear_down(self):
        self.patcher.stop()


class HelpedCase(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate")
        self.rate = self.patcher.start()

    def stop_rates(self):
        self.patcher.stop()
