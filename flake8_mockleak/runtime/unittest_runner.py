"""Follows a session of ``unittest`` for the detector: a runner and its result."""

from __future__ import annotations

import sys
import unittest
from types import CodeType

from flake8_mockleak.runtime import late, statics
from flake8_mockleak.runtime.detector import Detector
from flake8_mockleak.runtime.frames import code_of
from flake8_mockleak.runtime.ledger import Lifetime, RunningTest, class_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from flake8_mockleak.runtime.leaks import Leak


class LeakedMocks(AssertionError):
    """A test left mocks in place; the message has a line for each."""


class _CaseTest(RunningTest):
    """A test of ``unittest``; its source is the class. It has an id if the class makes ids of its own."""

    __slots__ = ()
    __init__ = object.__init__  # one is made for each test, and to set what it has takes less than a call

    @property
    def id(self) -> str:
        """The id of the test, as unittest makes it or as the test says."""
        return self._id or f"{self.home[0]}.{self.name}"

    def code(self) -> CodeType | None:
        """Return the code of the method."""
        return code_of(statics.inherited(self.source, self.name))


class LedgerResult(unittest.TextTestResult):
    """Tells the detector where the session is. Made by ``LedgerRunner``."""

    _class: type | None = None
    """That of the last test."""
    _home = ("", "", "")
    _names_itself = False
    _like: type | None = None
    """The same class, once a test of it has begun; None if it makes ids of its own."""

    def follow(self, detector: Detector, fails: bool) -> None:
        """Tell this detector. With ``fails`` a leak is a failure of its test."""
        self.detector, self.fails = detector, fails
        self._context = detector.ledger.context

    def startTest(self, test: unittest.TestCase) -> None:
        """Begin a test."""
        try:
            cls = type(test)
            # If it is like the one before, this is all that the detector would do. It is done here, for under unittest
            # a test may take no longer than a few dozen lines of Python.
            if cls is self._like:
                running = _CaseTest()
                running.home, running.source = self._home, cls
                running.name = test._testMethodName  # as unittest itself reads it
                running._id = ""
                self._context.test = running
            else:
                self._begin(test, cls)
        except Exception as error:
            self.detector.trouble(error)
        _start(self, test)

    def _begin(self, test: unittest.TestCase, cls: type) -> None:
        if cls is not self._class:
            self._class, self._like = cls, None
            self._home = class_id(cls), statics.module_of(cls), _path(cls)
            self._names_itself = statics.inherited(cls, "id") is not _ID
            self.detector.look(Lifetime.CLASS, self._home[0], self._home[2])
        running = _CaseTest()
        running.home, running.source = self._home, cls
        if self._names_itself:
            running.name, running._id = test.__dict__.get("_testMethodName", ""), test.id()
        else:
            running.name, running._id = test._testMethodName, ""
        leaks = self.detector.begin_test(running, "test")  # their functions on the stack tell set-up and tear-down
        if leaks:
            self._report(test, leaks)
        if not self._names_itself:
            self._like = cls

    def stopTest(self, test: unittest.TestCase) -> None:
        """End a test."""
        try:
            leaks = self.detector.end_test()
            if leaks:
                self._report(test, leaks)
        except Exception as error:
            self.detector.trouble(error)
        _stop(self, test)

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

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        """Tell the same of a part of a test."""
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.detector.failed()
            self._tell(self.failures if issubclass(err[0], test.failureException) else self.errors)

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:
        """Tell the detector of the failure."""
        self.detector.failed()
        super().addExpectedFailure(test, err)

    def _tell(self, entries: list[tuple[Any, str]]) -> None:
        try:
            lines = [late.module("report").told(leak, touch) for leak, touch in self.detector.touched()]
        except Exception as error:
            self.detector.trouble(error)
            return
        if lines and entries:
            test, text = entries[-1]
            entries[-1] = (test, text + "\n" + "\n".join(lines) + "\n")

    def _report(self, test: unittest.TestCase, leaks: list[Leak]) -> None:
        if self.fails:
            report = late.module("report")
            text = "\n".join(f"{leak.path}:{leak.line}: {leak.code} {report.message(leak)}" for leak in leaks)
            super().addFailure(test, (LeakedMocks, LeakedMocks(text), None))  # type: ignore[arg-type]


_ID = unittest.TestCase.id
_start, _stop = unittest.TextTestResult.startTest, unittest.TextTestResult.stopTest  # ``super()`` is slow


class LedgerRunner(unittest.TextTestRunner):
    """A text runner whose results tell the detector."""

    def __init__(self, detector: Detector, fails: bool, **options: Any) -> None:
        super().__init__(**options)
        self._detector = detector
        self._fails = fails

    def _makeResult(self) -> unittest.TextTestResult:
        made = LedgerResult(self.stream, self.descriptions, self.verbosity)
        made.follow(self._detector, self._fails)
        return made

    def run(self, test: Any) -> unittest.TextTestResult:
        """Run the tests."""
        try:
            self._detector.collected(filter(None, map(_path, _classes(test))), test.countTestCases())
        except Exception as error:
            self._detector.trouble(error)
        return super().run(test)


def _classes(suite: Any) -> list[type]:
    """Return the classes of the tests in a suite; one may be there more than once."""
    found: list[type] = []
    last: type | None = None
    for part in suite if isinstance(suite, unittest.BaseTestSuite) else [suite]:
        if type(part) is last:
            continue
        if isinstance(part, unittest.BaseTestSuite):
            found += _classes(part)
        elif isinstance(part, unittest.TestCase):
            last = type(part)
            found.append(last)
    return found


def _path(cls: type) -> str:
    path = statics.member(sys.modules.get(statics.module_of(cls)), "__file__")
    return path if type(path) is str else ""
