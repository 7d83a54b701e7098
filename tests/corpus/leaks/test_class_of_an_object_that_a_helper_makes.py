import unittest
from unittest import mock

from blockdev import drivers


def make_driver(path="/dev/loop0"):
    driver = drivers.LoopDriver(path)
    driver.open()
    return driver


class DriverTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.driver_class = drivers.LoopDriver
        self.driver = self.make_driver()

    def make_driver(self, path="/dev/loop0"):
        return self.driver_class(path)


class TestDetach(DriverTestCase):
    def test_busy(self):
        type(self.driver).connected = mock.PropertyMock(return_value=True)  # MLK201

    def test_own_driver(self):
        driver = self.make_driver("/dev/loop1")
        driver.__class__.connected = mock.PropertyMock(return_value=True)  # MLK201

    def test_own_attribute(self):
        self.driver.connected = mock.Mock()


def test_driver():
    driver = make_driver()
    type(driver).connected = mock.PropertyMock(return_value=True)  # MLK201
