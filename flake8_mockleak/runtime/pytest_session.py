"""Follows a pytest session for the detector."""

from __future__ import annotations

import fnmatch
import os
import unittest
from collections.abc import Generator
from typing import Any

import pytest

from flake8_mockleak.runtime.detector import Detector, Settings
from flake8_mockleak.runtime.frames import code_of
from flake8_mockleak.runtime.leaks import Leak, Result, merge
from flake8_mockleak.runtime.ledger import Lifetime, RunningTest

HISTORY = 20_000
_WORKER_KEY = "mockleak"
_LIFETIMES = {
    "class": Lifetime.CLASS,
    "module": Lifetime.MODULE,
    "package": Lifetime.SESSION,
    "session": Lifetime.SESSION,
}

Wrapper = Generator[None, Any, Any]


class MockleakSession:
    """The plugin that is registered when the detector is on; in each worker and in the controller of pytest-xdist."""

    def __init__(self, config: pytest.Config, mode: str, path: str) -> None:
        self.config = config
        self.mode = mode
        worker_input: dict[str, Any] | None = getattr(config, "workerinput", None)
        self.worker = str(worker_input["workerid"]) if worker_input is not None else ""
        self.root = str(config.rootpath)
        self.path = os.path.join(str(config.invocation_params.dir), path) if path else ""
        if self.path and not self.worker:
            try:
                _report().check_path(self.path)
            except _report().ReportError as error:
                raise pytest.UsageError(str(error)) from error
        # The controller of xdist runs no test itself.
        self.controls = not self.worker and bool(getattr(config.option, "dist", "no") != "no")
        environment = config.getoption("--mockleak-environment") or config.getini("mockleak_environment")
        trace = config.getoption("--mockleak-trace") or config.getini("mockleak_trace")
        settings = Settings(HISTORY if path else 0, bool(environment), bool(trace), self.root)
        self.detector = Detector(settings)
        self.results: list[Result] = []
        self.failed_by_leak = False
        self._write_error = ""
        self._parents: dict[Any, tuple[str, str, str]] = {}
        self._tests: tuple[pytest.Item, RunningTest] | None = None
        if not self.controls:
            self.detector.start()

    # Where the session is.

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """See to it that every allowance has a reason, and tell the detector the files of the tests."""
        for item in session.items:
            for marker in item.iter_markers("mockleak_allowed"):
                reason = marker.kwargs.get("reason", marker.args[0] if marker.args else "")
                if not isinstance(reason, str) or not reason.strip():
                    raise pytest.UsageError(f"{item.nodeid}: the marker mockleak_allowed needs a reason: (reason='…')")
        if not self.controls:
            files = dict.fromkeys(str(item.path) for item in session.items)
            self.detector.collected(files)

    # Plain hooks where they do: a wrapper costs several times as much, and these run for each test.

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a test."""
        try:
            for leak in self.detector.begin_test(self._test(item)):
                self._allow(leak, item)
        except Exception as error:
            self.detector.trouble(error)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        """Tell the phase."""
        self.detector.phase("test")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> Wrapper:
        """End a test, after all that may undo its patches; in mode ``error`` a leak is an error of the tear-down."""
        self.detector.phase("tearDown")
        try:
            result = yield
        except BaseException:
            self._end(item, nextitem)
            raise
        leaks = self._end(item, nextitem)
        if leaks and self.mode == "error":
            self.failed_by_leak = True
            pytest.fail(
                "\n".join(f"{leak.path}:{leak.line}: {leak.code} {_message(leak)}" for leak in leaks), pytrace=False
            )
        return result

    def _end(self, item: pytest.Item, nextitem: pytest.Item | None) -> list[Leak]:
        following = self._test(nextitem) if nextitem is not None else None
        # When pytest stops early, what outlives the test is torn down at the end of the session, and not now.
        stops = bool(item.session.shouldstop or item.session.shouldfail)
        try:
            leaks = self.detector.end_test(following, last_known=not stops)
        except Exception as error:
            self.detector.trouble(error)
            return []
        return [leak for leak in leaks if not self._allow(leak, item)]

    def _allow(self, leak: Leak, item: pytest.Item) -> bool:
        for marker in item.iter_markers("mockleak_allowed"):
            if fnmatch.fnmatchcase(leak.place, marker.kwargs.get("place", "*")):
                leak.allowed = marker.kwargs.get("reason", marker.args[0] if marker.args else "")
                return True
        return False

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Wrapper:
        """Tell the scope of what a fixture replaces."""
        lifetime = _LIFETIMES.get(fixturedef.scope)
        if lifetime is None:
            return (yield)
        test = self._tests[1] if self._tests else None
        owner = {Lifetime.CLASS: test.cls, Lifetime.MODULE: test.module}.get(lifetime, "") if test else ""
        self.detector.scope_begins(lifetime, owner)
        try:
            return (yield)
        finally:
            # pytest makes the set-up of a unittest class a fixture of its own.
            path = fixturedef.func.__code__.co_filename if hasattr(fixturedef.func, "__code__") else ""
            self.detector.scope_is_set_up(path if "_pytest" not in path or lifetime is Lifetime.SESSION else "")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Note a failure, and which leaked mocks the failing test touched."""
        excinfo = call.excinfo or getattr(item, "_excinfo", None)
        if not excinfo or call.when == "teardown":
            return
        value = call.excinfo.value if call.excinfo is not None else None
        if isinstance(value, (pytest.skip.Exception, unittest.SkipTest)):
            return
        self.detector.failed()
        touched = self.detector.touched()
        if touched:
            lines = [_report().told(leak, touch) for leak, touch in touched]
            item.add_report_section(call.when, "leaked mocks", "\n".join(lines))

    def _test(self, item: pytest.Item) -> RunningTest:
        if self._tests is not None and self._tests[0] is item:
            return self._tests[1]
        parent = self._parents.get(item.parent)
        if parent is None:
            module = item.getparent(pytest.Module)
            cls = item.getparent(pytest.Class)
            path = str(item.path)
            module_id = module.nodeid if module is not None else path
            parent = (cls.nodeid if cls is not None else module_id, module_id, path)
            self._parents = {item.parent: parent}
        test = RunningTest(item.nodeid, *parent, code_of(getattr(item, "obj", None)))
        self._tests = (item, test)
        return test

    # The end.

    # Inside of the wrappers of the terminal, which prints the summary, and of xdist, which sends the worker's output.
    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Wrapper:
        """Look at what is left after the session, and hand the result on, or write the report."""
        result = yield
        if not self.controls:
            late = self.detector.finish()
            if self.mode == "error" and any(not leak.allowed for leak in late):
                self.failed_by_leak = True
                if session.exitstatus == pytest.ExitCode.OK:
                    session.exitstatus = pytest.ExitCode.TESTS_FAILED
            found = self.detector.result(self.worker)
            if self.worker:
                output: dict[str, Any] = self.config.workeroutput  # type: ignore[attr-defined]
                output[_WORKER_KEY] = found.to_dict()
                return result
            self.results.append(found)
        self.merged = merge(self.results)
        if self.controls and self.mode == "error" and self.merged.reported and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if self.path:
            try:
                _report().write(self.path, self.merged, self.root)
            except _report().ReportError as error:
                self._write_error = str(error)
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Take the result of a worker of pytest-xdist."""
        output = getattr(node, "workeroutput", None)
        if output and _WORKER_KEY in output:
            self.results.append(Result.from_dict(output[_WORKER_KEY]))
        else:
            name = getattr(getattr(node, "gateway", None), "id", "?")
            self.results.append(Result(notes=[f"worker {name} ended without its ledger: {error or 'it gave none'}"]))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the summary."""
        merged = getattr(self, "merged", None) or merge(self.results)
        terminalreporter.section("mockleak")
        for line in _report().summary(merged, self.root):
            terminalreporter.write_line(line)
        if self._write_error:
            terminalreporter.write_line(f"mockleak: {self._write_error}", red=True)
        elif self.path:
            terminalreporter.write_line(f"mockleak: report written to {self.path}")

    def pytest_unconfigure(self) -> None:
        """Put the mock libraries back."""
        self.detector.stop()


def _report() -> Any:
    """Return the module that words things; it is not imported before there is something to say."""
    from flake8_mockleak.runtime import report

    return report


def _message(leak: Leak) -> str:
    text: str = _report().message(leak)
    return text
