import contextlib
import functools
import unittest
from unittest import mock

from shop import devices


@contextlib.contextmanager
def no_names():
    names = devices.names
    devices.names = mock.Mock(return_value=[])
    try:
        yield
    finally:
        devices.names = names


def without_names(test):
    @functools.wraps(test)
    def wrapper(self, *args, **kwargs):
        names = devices.names
        devices.names = mock.Mock()  # MLK202
        test(self, *args, **kwargs)
        devices.names = names

    return wrapper


class TestDevices(unittest.TestCase):
    def setUp(self):
        devices.names = mock.Mock(return_value=["a"])  # MLK201

    def test_one(self):
        self.assertEqual(["a"], devices.sorted_names())
