"""Measures whether the memory of the runtime detector grows with the number of clean tests.

    python benchmarks/runtime_memory.py --tests 50000

Each test patches three times: with a decorator, a ``with`` and a started patcher. Exits with 1 when what Python has
allocated grows by more than the limit between a tenth of the tests and all of them.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import tracemalloc
import unittest
from collections.abc import Iterator, Sequence
from unittest import mock

from flake8_mockleak.runtime import Detector, Settings
from flake8_mockleak.runtime.unittest_runner import LedgerRunner

LIMIT = 64 * 1024
"""How many bytes the memory may grow by. The timeline, which keeps the last releases, is full by then."""


class Patching(unittest.TestCase):
    """A clean test, whose id is another each time."""

    number = 0

    def id(self) -> str:
        """Return the id."""
        return f"{super().id()}[{self.number}]"

    @mock.patch("os.getlogin", new="ada")
    def test_it(self) -> None:
        """Patch in three ways."""
        patcher = mock.patch.object(os, "getpid", new=lambda: 1)
        patcher.start()
        self.addCleanup(patcher.stop)
        with mock.patch.dict(os.environ, {"HOME": "/"}):
            self.assertEqual(os.getpid(), 1)


class Many(unittest.TestSuite):
    """The same test many times, one at a time; notes the allocated bytes after a tenth of them."""

    def __init__(self, count: int, detector: Detector) -> None:
        super().__init__()
        self.count = count
        self.detector = detector
        self.early = 0

    def __iter__(self) -> Iterator[unittest.TestCase]:
        for number in range(self.count):
            if number == self.count // 10:
                self.early = allocated(self.detector)
            test = Patching("test_it")
            test.number = number
            yield test

    def _removeTestAtIndex(self, index: int) -> None:
        pass


def allocated(detector: Detector) -> int:
    """Return how many bytes Python holds now.

    The detector scans first: until then it keeps the tests that have run since, and how many goes by the clock.
    """
    detector.replacements.scan()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(description="Measure whether the detector's memory grows with the tests.")
    parser.add_argument("--tests", type=int, default=50_000, help="how many: %(default)s")
    parser.add_argument("--history", type=int, default=1_000, help="releases kept for the timeline: %(default)s")
    arguments = parser.parse_args(argv)
    detector = Detector(Settings(history=arguments.history))
    # From Python 3.12 on, unittest itself keeps a line for each test: how long it took.
    unkept = mock.patch.object(unittest.TestResult, "addDuration", new=lambda *arguments: None, create=True)
    unkept.start()
    detector.start()
    tracemalloc.start()
    suite = Many(arguments.tests, detector)
    try:
        result = LedgerRunner(detector, True, stream=io.StringIO(), verbosity=0).run(suite)
        late = allocated(detector)
    finally:
        tracemalloc.stop()
        detector.finish()
        detector.stop()
        unkept.stop()
    grown = late - suite.early
    found = detector.result()
    print(
        f"{found.tests:,} tests, {found.released:,} patches, {len(found.leaks)} leaks: {grown / 1024:+.1f} KiB", end=""
    )
    print(f" between {arguments.tests // 10:,} tests and the end")
    return int(not result.wasSuccessful() or found.tests != arguments.tests or grown > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
