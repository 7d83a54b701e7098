"""Who replaced something: the first frame on the stack that is the user's, and the phase of the test run it is in."""

from __future__ import annotations

import contextlib
import functools
import os
import site
from types import CodeType, FrameType, FunctionType, MethodType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_dirname = os.path.dirname

PHASES = {
    "setUp": "setUp",
    "asyncSetUp": "setUp",
    "setup_method": "setUp",
    "setup_function": "setUp",
    "setUpClass": "setUpClass",
    "setup_class": "setUpClass",
    "setUpModule": "setUpModule",
    "setup_module": "setUpModule",
    "tearDown": "tearDown",
    "asyncTearDown": "tearDown",
    "teardown_method": "tearDown",
    "teardown_function": "tearDown",
    "tearDownClass": "tearDownClass",
    "teardown_class": "tearDownClass",
    "tearDownModule": "tearDownModule",
    "teardown_module": "tearDownModule",
    "pytest_runtest_setup": "setUp",
    "pytest_runtest_teardown": "tearDown",
}
"""The functions that a test runner calls around tests, by the phase that they make."""
_PHASES_OF_RUNNERS = {"call_fixture_func": "setUp"}
"""The functions of test runners that call what is the user's, by the phase that it is then in."""

_STANDARD = _dirname(os.__file__)
_UNITTEST = os.path.join(_STANDARD, "unittest", "")
_PLUMBING = {contextlib.__file__, functools.__file__}
_PLUMBING_PARTS = ("unittest/mock.py", "mock/mock.py", "pytest_mock/plugin.py", "pytest_mock/_util.py")
_OWN = _dirname(__file__) + os.sep
LIBRARIES = tuple(
    path + os.sep for path in (_STANDARD, *site.getsitepackages(), site.getusersitepackages()) if path
)
"""Where the standard library and the installed packages are."""

_USER, _LIBRARY, _SKIPPED, _RUNNER = range(4)
_kinds: dict[str, int] = {}


class Site:
    """A line of code: the file as the frame names it, the line from 1, and the function around it."""

    __slots__ = ("path", "line", "function")

    def __init__(self, path: str, line: int, function: str) -> None:
        self.path, self.line, self.function = path, line, function


def _classify(filename: str) -> int:
    normal = filename.replace("\\", "/")
    if filename in _PLUMBING or filename.startswith(_OWN) or normal.endswith(_PLUMBING_PARTS):
        return _SKIPPED
    if filename.startswith(_UNITTEST) or "/_pytest/" in normal or "/testtools/" in normal:
        return _RUNNER
    if filename.startswith((*LIBRARIES, "<frozen ")) or "/site-packages/" in normal or "/dist-packages/" in normal:
        return _LIBRARY
    return _USER


def is_users(filename: str) -> bool:
    """Whether a file is the user's: of no library, no test runner and not of the detector."""
    return not filename.startswith("<") and _classify(filename) == _USER


def who(frame: FrameType | None) -> tuple[CodeType | None, int, str | None, FrameType | None]:
    """Return the code and the line that acquire, the phase if a function on the stack tells it, and that one's frame.

    The line is that of the first frame outside the standard library and the installed packages. Where there is none,
    it is that of the first frame that is not a mock library's, if any stands between the patch and the test runner: a
    decorator is called by the runner itself.
    """
    library: FrameType | None = None
    found: CodeType | None = None
    line = 0
    kinds = _kinds
    while frame is not None:
        code = frame.f_code
        kind = kinds.get(code.co_filename)
        if kind is None:
            kind = kinds[code.co_filename] = _classify(code.co_filename)
        if kind == _SKIPPED:  # most are: those of mock itself, and what it is made with
            pass
        elif kind == _USER:
            if found is None:
                found, line = code, frame.f_lineno
            phase = PHASES.get(code.co_name)
            if phase is not None:
                return found, line, phase, frame
        elif kind == _RUNNER:
            if found is not None:
                return found, line, _PHASES_OF_RUNNERS.get(code.co_name), frame
            break
        elif kind == _LIBRARY and library is None:
            library = frame
        frame = frame.f_back
    if found is None and library is not None:
        return library.f_code, library.f_lineno, None, None
    return found, line, None, None


def code_of(function: Any) -> CodeType | None:
    """Return the code of a function or a method, below its decorators; None for what has none."""
    if type(function) in (MethodType, staticmethod, classmethod):
        function = function.__func__
    while type(function) is FunctionType:
        inner = function.__dict__.get("__wrapped__")
        if inner is None:
            return function.__code__
        function = inner
    return None
