import unittest
from unittest import mock

from shop import devices

ORIGINAL = devices.names


def put_back():
    devices.names = ORIGINAL


class TestDevices(unittest.TestCase):
    def setUp(self):
        devices.names = mock.Mock(return_value=["a"])

    def test_one(self):
        self.assertEqual(["a"], devices.sorted_names())

    def put_names_back(self):
        devices.names = ORIGINAL
