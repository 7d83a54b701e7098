import unittest
from unittest import mock


class LineCase(unittest.TestCase):
    def start_line(self):
        self.dial_patch = mock.patch("shop.dial")
        self.dial = self.dial_patch.start()

    def stop_line(self):
        self.dial_patch.stop()


class StoppingCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)


class StubbingCase(unittest.TestCase):
    def stub(self, owner, name, replacement):
        setattr(owner, name, replacement)
        return replacement

    def stub_for_the_test(self, owner, name, replacement):
        self.addCleanup(setattr, owner, name, getattr(owner, name))
        setattr(owner, name, replacement)
