"""Follows a session of ``unittest`` for the detector: a runner and its result."""

from __future__ import annotations

import sys
import unittest
from collections.abc import Iterator
from typing import Any

from flake8_mockleak.runtime import report, statics
from flake8_mockleak.runtime.detector import Detector
from flake8_mockleak.runtime.frames import code_of
from flake8_mockleak.runtime.leaks import Leak
from flake8_mockleak.runtime.ledger import Lifetime, RunningTest
from flake8_mockleak.runtime.patches import class_id


class LeakedMocks(AssertionError):
    """A test left mocks in place; the message has a line for each."""


class LedgerResult(unittest.TextTestResult):
    """Tells the detector where the session is. Made by ``LedgerRunner``, which sets ``detector`` and ``fails``."""

    detector: Detector
    fails: bool
    _class: type | None = None
    _ids = ("", "", "")

    def startTest(self, test: unittest.TestCase) -> None:
        """Begin a test."""
        cls = type(test)
        if cls is not self._class:
            self._class = cls
            self._ids = class_id(cls), statics.module_of(cls), _path(cls)
            self.detector.look(Lifetime.CLASS, self._ids[0], self._ids[2])
        code = code_of(getattr(cls, getattr(test, "_testMethodName", ""), None))
        leaks = self.detector.begin_test(RunningTest(test.id(), *self._ids, code))
        if leaks:
            self._report(test, leaks)
        self.detector.phase("test")  # set-up and tear-down are told by their functions on the stack
        super().startTest(test)

    def stopTest(self, test: unittest.TestCase) -> None:
        """End a test."""
        leaks = self.detector.end_test()
        if leaks:
            self._report(test, leaks)
        super().stopTest(test)

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        """Tell the detector of the failure, and the reader of the leaked mocks that the test touched."""
        self.detector.failed()
        super().addError(test, err)
        self._tell(self.errors)

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        """Tell the detector of the failure, and the reader of the leaked mocks that the test touched."""
        self.detector.failed()
        super().addFailure(test, err)
        self._tell(self.failures)

    def _tell(self, entries: list[tuple[Any, str]]) -> None:
        lines = [report.told(leak, touch) for leak, touch in self.detector.touched()]
        if lines and entries:
            test, text = entries[-1]
            entries[-1] = (test, text + "\n" + "\n".join(lines) + "\n")

    def _report(self, test: unittest.TestCase, leaks: list[Leak]) -> None:
        if self.fails:
            text = "\n".join(f"{leak.path}:{leak.line}: {leak.code} {report.message(leak)}" for leak in leaks)
            super().addFailure(test, (LeakedMocks, LeakedMocks(text), None))  # type: ignore[arg-type]


class LedgerRunner(unittest.TextTestRunner):
    """A text runner whose results tell the detector."""

    def __init__(self, detector: Detector, fails: bool, **options: Any) -> None:
        super().__init__(**options)
        self._detector = detector
        self._fails = fails

    def _makeResult(self) -> unittest.TextTestResult:
        made = LedgerResult(self.stream, self.descriptions, self.verbosity)
        made.detector, made.fails = self._detector, self._fails
        return made

    def run(self, test: Any) -> unittest.TextTestResult:
        """Run the tests."""
        self._detector.collected({path for case in _cases(test) if (path := _path(type(case)))})
        return super().run(test)


def _cases(suite: Any) -> Iterator[unittest.TestCase]:
    if isinstance(suite, unittest.TestCase):
        yield suite
    elif isinstance(suite, unittest.BaseTestSuite):
        for part in suite:
            yield from _cases(part)


def _path(cls: type) -> str:
    path = statics.member(sys.modules.get(statics.module_of(cls)), "__file__")
    return path if type(path) is str else ""
