import contextlib
import unittest

from shop import devices, processes


def FakeProcess(code):
    return (code, "output")


@contextlib.contextmanager
def fake_process(code):
    original = processes.Process
    processes.Process = FakeProcess(code)  # MLK202
    yield processes.Process
    processes.Process = original


@contextlib.contextmanager
def fake_names():
    original = devices.names
    devices.names = lambda: []  # MLK202
    yield
    devices.names = original


class TestProcesses(unittest.TestCase):
    def test_run(self):
        with fake_process(0), fake_names():
            self.assertEqual(0, processes.run())

    def test_result_of_a_fake_function(self):
        processes.last = FakeProcess(1)  # MLK204
        self.assertEqual(1, processes.last_code())
