import contextlib
import unittest
from unittest import mock


class RateCase(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate", return_value=2)
        self.rate = self.patcher.start()
        self.addCleanup(self.patcher.stop)


class OpenStackCase(unittest.TestCase):
    def setUp(self):
        self.stack = contextlib.ExitStack()


class ClosedStackCase(unittest.TestCase):
    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
