"""A function of the file sets own code, and the tests that call it put the original back."""

import unittest

from shop import processes


class FakeQueue:
    def get(self):
        return None


def install():
    processes.QUEUE = FakeQueue()


def remove(original):
    processes.QUEUE = original


class TestProcesses(unittest.TestCase):
    def setUp(self):
        self.addCleanup(remove, processes.QUEUE)
        install()

    def test_queue(self):
        self.assertIsNone(processes.next())


class TestMore(unittest.TestCase):
    def setUp(self):
        self.original = processes.QUEUE
        install()

    def tearDown(self):
        processes.QUEUE = self.original

    def test_queue(self):
        self.assertIsNone(processes.next())
