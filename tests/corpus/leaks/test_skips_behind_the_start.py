import os
import sys
import unittest
from unittest import mock

import pytest

import shop


class TestSkipped(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate")
        self.patcher.start()  # MLK102
        if os.name != "nt":
            self.skipTest("needs Windows")

    def tearDown(self):
        self.patcher.stop()

    def test_rate(self):
        shop.rate.assert_not_called()


class TestRaises(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.original = shop.rate
        shop.rate = mock.Mock()  # MLK202
        if not os.path.exists("/dev/camera"):
            raise unittest.SkipTest("no camera")

    @classmethod
    def tearDownClass(cls):
        shop.rate = cls.original

    def test_rate(self):
        shop.rate.assert_not_called()


class TestOfPytest:
    def setup_method(self):
        self.patcher = mock.patch("shop.rate")
        self.patcher.start()  # MLK102
        if "ACCOUNT" not in os.environ:
            pytest.skip("no account")

    def teardown_method(self):
        self.patcher.stop()

    def test_rate(self):
        shop.rate.assert_not_called()


@pytest.fixture
def rate():
    patcher = mock.patch("shop.rate")
    started = patcher.start()  # MLK102
    if sys.platform != "win32":
        pytest.skip("needs Windows")
    yield started
    patcher.stop()


def test_rate(rate):
    rate.assert_not_called()


class TestSkippedInTime(unittest.TestCase):
    def setUp(self):
        if os.name != "nt":
            self.skipTest("needs Windows")
        self.patcher = mock.patch("shop.rate")
        self.patcher.start()

    def tearDown(self):
        self.patcher.stop()

    def test_rate(self):
        shop.rate.assert_not_called()


class TestCleanedUp(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch("shop.rate")
        patcher.start()
        self.addCleanup(patcher.stop)
        if os.name != "nt":
            self.skipTest("needs Windows")

    def test_rate(self):
        shop.rate.assert_not_called()


class TestSkipsItself(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate")
        self.patcher.start()

    def tearDown(self):
        self.patcher.stop()

    def test_rate(self):
        if os.name != "nt":
            self.skipTest("needs Windows")
        shop.rate.assert_not_called()
