import unittest
from unittest import mock

from helpers import free_client, install, paid_client, uninstall


def test_free():
    client = free_client()
    client.request = mock.Mock()  # MLK201
    assert client.request("a")


def test_paid():
    client = paid_client()
    client.request = mock.Mock()
    assert client.request("a")


class TestModules(unittest.TestCase):
    def test_left(self):
        picam = install("picam")  # MLK203
        self.assertIsNotNone(picam.Camera())

    def test_taken_out(self):
        picam = install("gpiolib")
        self.addCleanup(uninstall, "gpiolib")
        self.assertIsNotNone(picam.high())
