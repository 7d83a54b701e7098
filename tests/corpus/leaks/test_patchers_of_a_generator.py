import unittest
from unittest import mock


def patchers():
    yield mock.patch("shop.rate")
    yield mock.patch("shop.price")


def patchers_of(*names):
    for name in names:
        yield mock.patch(f"shop.{name}")


class TestStarted(unittest.TestCase):
    def setUp(self):
        for patcher in patchers():
            patcher.start()  # MLK101

    def test_rate(self):
        self.assertTrue(patchers)


class TestStopped(unittest.TestCase):
    def setUp(self):
        for patcher in patchers_of("rate", "price"):
            patcher.start()
            self.addCleanup(patcher.stop)

    def test_rate(self):
        self.assertTrue(patchers)


class TestMethod(unittest.TestCase):
    def _patchers(self):
        yield mock.patch("shop.tax")
        yield from patchers()

    def setUp(self):
        self.mocks = [patcher.start() for patcher in self._patchers()]  # MLK101

    def test_rate(self):
        self.assertTrue(self.mocks)


class TestKept(unittest.TestCase):
    def setUp(self):
        self.patchers = list(patchers())
        self.mocks = [patcher.start() for patcher in self.patchers]

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()

    def test_rate(self):
        self.assertTrue(self.mocks)
