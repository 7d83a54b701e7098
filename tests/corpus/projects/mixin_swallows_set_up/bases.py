import unittest
from unittest import mock


class ClockMixin:
    def setUp(self):
        self.now = 12


class PoliteClockMixin:
    def setUp(self):
        super().setUp()
        self.now = 12


class ShopTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
