"""Follows a session of ``unittest`` for the detector: a runner and its result."""

from __future__ import annotations

import inspect
import sys
import unittest
from typing import Any

from flake8_mockleak.runtime import report, statics
from flake8_mockleak.runtime.detector import Detector
from flake8_mockleak.runtime.leaks import Leak
from flake8_mockleak.runtime.ledger import Lifetime, RunningTest
from flake8_mockleak.runtime.patches import class_id


class LeakedMocks(AssertionError):
    """A test left mocks in place; the message has a line for each."""


class LedgerResult(unittest.TextTestResult):
    """Tells the detector where the session is. Made by ``LedgerRunner``, which sets ``detector`` and ``fails``."""

    detector: Detector
    fails: bool
    _class = ""

    def startTest(self, test: unittest.TestCase) -> None:
        """Begin a test."""
        identity = _test(test)
        if identity.cls != self._class:
            self._class = identity.cls
            self.detector.look(Lifetime.CLASS, identity.cls, identity.path)
        self._report(test, self.detector.begin_test(identity))
        super().startTest(test)

    def stopTest(self, test: unittest.TestCase) -> None:
        """End a test."""
        self._report(test, self.detector.end_test())
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
        if leaks and self.fails:
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


def _cases(suite: Any) -> list[unittest.TestCase]:
    if isinstance(suite, unittest.TestCase):
        return [suite]
    return [case for part in suite for case in _cases(part)] if isinstance(suite, unittest.BaseTestSuite) else []


def _path(cls: type) -> str:
    path = statics.member(sys.modules.get(statics.module_of(cls)), "__file__")
    return path if type(path) is str else ""


def _test(test: unittest.TestCase) -> RunningTest:
    cls = type(test)
    method = getattr(cls, getattr(test, "_testMethodName", ""), None)
    code = getattr(inspect.unwrap(method), "__code__", None) if method is not None else None
    return RunningTest(test.id(), class_id(cls), statics.module_of(cls), _path(cls), code)
