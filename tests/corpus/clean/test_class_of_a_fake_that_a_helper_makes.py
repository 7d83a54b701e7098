import unittest
from unittest import mock


class Driver:
    connected = False


def make_driver(path="/dev/loop0"):
    driver = mock.MagicMock(path=path)
    driver.open()
    return driver


class TestDetach(unittest.TestCase):
    def setUp(self):
        self.driver = self.make_driver()

    def make_driver(self):
        return mock.Mock()

    def test_busy(self):
        type(self.driver).connected = mock.PropertyMock(return_value=True)

    def make_own(self):
        class Own(Driver):
            pass

        return Own()

    def test_own_class(self):
        driver = self.make_own()
        type(driver).connected = mock.PropertyMock(return_value=True)


def test_driver():
    driver = make_driver()
    type(driver).connected = mock.PropertyMock(return_value=True)
