"""Follows a pytest session for the detector."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Generator
from types import CodeType
from typing import Any

import pytest

from flake8_mockleak.runtime import late, statics
from flake8_mockleak.runtime.detector import Detector, Settings
from flake8_mockleak.runtime.frames import Site, code_of
from flake8_mockleak.runtime.leaks import Leak, Result, merge
from flake8_mockleak.runtime.ledger import Home, Lifetime, RunningTest
from flake8_mockleak.runtime.pytest_plugin import switched

HISTORY = 20_000
_WORKER_KEY = "mockleak"
_MARKER = "mockleak_allowed"
_LIFETIMES = {
    "class": Lifetime.CLASS,
    "module": Lifetime.MODULE,
    "package": Lifetime.SESSION,
    "session": Lifetime.SESSION,
}

Wrapper = Generator[None, Any, Any]
_fnmatch = fnmatch.fnmatchcase


class _ItemTest(RunningTest):
    """A test of pytest; its source is the item."""

    __slots__ = ()
    __init__ = object.__init__  # one is made for each test, and to set what it has takes less than a call

    @property
    def id(self) -> str:
        """The id of the test."""
        return self.source.nodeid  # type: ignore[no-any-return]

    def code(self) -> CodeType | None:
        """Return the code of the function. The item is not asked for it: that may make an instance of the class."""
        name = getattr(self.source, "originalname", None) or self.source.name
        owner = getattr(self.source.parent, "_obj", None)
        return code_of(statics.inherited(owner, name)) if owner is not None else None

    def locate(self, site: Site) -> tuple[str, int]:
        """Return the file and the line of a site; an example of a doctest is in no file of its own."""
        test = getattr(self.source, "dtest", None) if site.path.startswith("<doctest ") else None
        example = site.path.rpartition("[")[2].partition("]")[0]
        if test is None or not example.isdigit() or int(example) >= len(test.examples):
            return site.path, site.line
        return self.path, (test.lineno or 0) + test.examples[int(example)].lineno + site.line


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
            report = late.module("report")
            try:
                report.check_path(self.path)
            except report.ReportError as error:
                raise pytest.UsageError(str(error)) from error
        # The controller of xdist runs no test itself.
        self.controls = not self.worker and bool(getattr(config.option, "dist", "no") != "no")
        environment, trace = switched(config, "environment"), switched(config, "trace")
        settings = Settings(HISTORY if path else 0, environment, trace, self.root)
        self.detector = Detector(settings)
        self._context = self.detector.ledger.context
        self.results: list[Result] = []
        self.failed_by_leak = False
        self._write_error = ""
        self._parent: Any = None
        self._home = ("", "", "")
        self._test: RunningTest | None = None
        self._touches: _Touches | None = None
        if not self.controls:
            self.detector.start()

    # Where the session is.

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """See to it that every allowance has a reason, and tell the detector the files of the tests."""
        parents: dict[Any, bool] = {}
        parent, marked = None, True
        for item in session.items:
            if item.parent is not parent:  # the tests of one are mostly next to each other, and to hash it is slow
                parent = item.parent
                if parent not in parents:
                    parents[parent] = parent is None or _is_marked(parent)
                marked = parents[parent]
            if marked or item.own_markers:
                _check_markers(item)
        if not self.controls:
            files = dict.fromkeys(str(each.path) for each in parents if each is not None)
            self._guarded(self.detector.collected, files, len(session.items))

    def _guarded(self, function: Any, *arguments: Any) -> Any:
        """Call a function of the detector, whose errors are noted and never reach the tests."""
        try:
            return function(*arguments)
        except Exception as error:
            self.detector.trouble(error)
            return None

    # Plain hooks where they do: a wrapper costs several times as much, and these run for each test.

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a test."""
        try:
            if item.parent is not self._parent:
                self._home = _home(item)
                self._parent = item.parent
            self._test = test = _ItemTest()
            test.home, test.source = self._home, item
            leaks = self.detector.begin_test(test, "test")  # what is of its set-up, the stack tells
            if leaks:
                self._watch_touches()
                for leak in leaks:
                    self._allow(leak, item)
        except Exception as error:
            self.detector.trouble(error)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> Wrapper:
        """End a test, after all that may undo its patches; in mode ``error`` a leak is an error of the tear-down."""
        self._context.phase = "tearDown"
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
        try:
            if nextitem is not None and nextitem.parent is self._parent:
                leaks = self.detector.end_test()
            else:
                following = None
                if nextitem is not None:
                    following = _ItemTest()
                    following.home, following.source = _home(nextitem), nextitem
                # When pytest stops early, what outlives the test is torn down at the end of the session, and not now.
                session = item.session
                leaks = self.detector.end_test(following, not (session.shouldstop or session.shouldfail))
        except Exception as error:
            self.detector.trouble(error)
            return []
        if leaks:
            self._watch_touches()
            leaks = [leak for leak in leaks if not self._allow(leak, item)]
        return leaks

    def _allow(self, leak: Leak, item: pytest.Item) -> bool:
        for marker in item.iter_markers(_MARKER):
            if _fnmatch(leak.place, marker.kwargs.get("place", "*")):
                leak.allowed = marker.kwargs.get("reason", marker.args[0] if marker.args else "")
                return True
        return False

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Wrapper:
        """Tell the scope of what a fixture replaces."""
        lifetime = _LIFETIMES.get(fixturedef.scope)
        if lifetime is None:
            return (yield)
        test = self._test
        owner = {Lifetime.CLASS: test.cls, Lifetime.MODULE: test.module}.get(lifetime, "") if test else ""
        self.detector.scope_begins(lifetime, owner)
        try:
            return (yield)
        finally:
            # pytest makes the set-up of a unittest class a fixture of its own.
            path = fixturedef.func.__code__.co_filename if hasattr(fixturedef.func, "__code__") else ""
            path = path if "_pytest" not in path or lifetime == Lifetime.SESSION else ""
            self._guarded(self.detector.scope_is_set_up, path)

    def pytest_exception_interact(self, node: Any, call: pytest.CallInfo[Any]) -> None:
        """Note that a test fails. A hook for each report would cost all the tests that do not."""
        if call.when in ("setup", "call"):
            self._guarded(self.detector.failed)

    def _watch_touches(self) -> None:
        """Have failing tests told which leaked mocks they touched, now that there are some."""
        if self._touches is None:
            self._touches = _Touches(self)
            with late.Calm():  # pytest imports for it
                self.config.pluginmanager.register(self._touches, "mockleak-touches")

    def tell_touched(self, item: pytest.Item, when: str) -> None:
        """Add the leaked mocks that a failing test touched to its report."""
        touched = self.detector.touched()
        if touched:
            lines = [late.module("report").told(leak, touch) for leak, touch in touched]
            item.add_report_section(when, "leaked mocks", "\n".join(lines))

    # The end.

    # Inside of the wrappers of the terminal, which prints the summary, and of xdist, which sends the worker's output.
    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Wrapper:
        """Look at what is left after the session, and hand the result on, or write the report."""
        result = yield
        if not self.controls:
            leaks = self.detector.end()
            if self.mode == "error" and any(not leak.allowed for leak in leaks):
                self.failed_by_leak = True
                if session.exitstatus == pytest.ExitCode.OK:
                    session.exitstatus = pytest.ExitCode.TESTS_FAILED
            found = self.detector.result(self.worker)
            if self.worker:
                output: dict[str, Any] = self.config.workeroutput  # type: ignore[attr-defined]
                output[_WORKER_KEY] = found.to_dict()
                return result
            self.results.append(found)
        with late.Calm():
            self.merged = merge(self.results)
        if self.controls and self.mode == "error" and self.merged.reported and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if self.path:
            report = late.module("report")
            try:
                report.write(self.path, self.merged, self.root)
            except report.ReportError as error:
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
        for line in late.module("report").summary(merged, self.root):
            terminalreporter.write_line(line)
        if self._write_error:
            terminalreporter.write_line(f"mockleak: {self._write_error}", red=True)
        elif self.path:
            terminalreporter.write_line(f"mockleak: report written to {self.path}")

    def pytest_unconfigure(self) -> None:
        """Put the mock libraries back."""
        self.detector.stop()


class _Touches:
    """The plugin that is registered once something has leaked."""

    def __init__(self, session: MockleakSession) -> None:
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Tell a failing test, before its report is made."""
        when, info = call.when, call.excinfo
        if when == "teardown":
            return
        if info is None:
            of_unittest = getattr(item, "_excinfo", None)  # from where pytest takes it after this
            if not of_unittest:
                return
            info = of_unittest[0]
        if not _is_skip(info.value):
            self._session._guarded(self._session.tell_touched, item, when)


def _message(leak: Leak) -> str:
    text: str = late.module("report").message(leak)
    return text


def _home(item: pytest.Item) -> Home:
    """Return the ids of an item's class, or module where it has none, and of its module, and its path."""
    module = item.getparent(pytest.Module)
    cls = item.getparent(pytest.Class)
    path = str(item.path)
    module_id = module.nodeid if module is not None else path
    return cls.nodeid if cls is not None else module_id, module_id, path


def _is_marked(node: Any) -> bool:
    return any(marker.name == _MARKER for marker in node.iter_markers())


def _check_markers(item: pytest.Item) -> None:
    for marker in item.iter_markers(_MARKER):
        reason = marker.kwargs.get("reason", marker.args[0] if marker.args else "")
        if not isinstance(reason, str) or not reason.strip():
            raise pytest.UsageError(f"{item.nodeid}: the marker {_MARKER} needs a reason: (reason='…')")
        if not isinstance(marker.kwargs.get("place", ""), str):
            raise pytest.UsageError(f"{item.nodeid}: the place of the marker {_MARKER} must be a string")


def _is_skip(error: BaseException) -> bool:
    unittest = statics.MODULES.get("unittest")
    return isinstance(error, pytest.skip.Exception) or (
        unittest is not None and isinstance(error, unittest.case.SkipTest)
    )
