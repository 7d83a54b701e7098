"""What a function of the file sets may be meant to stay, but not where tests call it."""

import unittest

from shop import processes


class FakeQueue:
    def get(self):
        return None


def install():
    processes.QUEUE = FakeQueue()  # MLK204


def install_all():
    install()


def extend():
    processes.EXTRA = FakeQueue()


class TestProcesses(unittest.TestCase):
    def setUp(self):
        install_all()

    def test_queue(self):
        self.assertIsNone(processes.next())
