import contextlib
import unittest
from unittest import mock

from shop import devices, processes


def make_table(code):
    return {"code": code}


def extend():
    processes.EXTRA = lambda: None
    devices.sort = make_table


@contextlib.contextmanager
def fake_names():
    original = devices.names
    devices.names = lambda: []
    try:
        yield
    finally:
        devices.names = original


def reset():
    processes.run = lambda: 0


class TestProcesses(unittest.TestCase):
    def setUp(self):
        processes.run = mock.Mock()

    def test_run(self):
        with fake_names():
            processes.TABLE = make_table(1)
            self.assertEqual(0, processes.run())
