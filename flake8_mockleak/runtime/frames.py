"""Who replaced something: the first frame on the stack that is the user's, and the phase of the test run it is in."""

from __future__ import annotations

import contextlib
import functools
import os
import site
import unittest
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple
from unittest import mock

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
}
"""The functions that a test runner calls around tests, by the phase that they make."""

_PLUMBING = {mock.__file__, contextlib.__file__, functools.__file__}
_PLUMBING_PARTS = ("mock/mock.py", "pytest_mock/plugin.py", "pytest_mock/_util.py")
_OWN = _dirname(__file__) + os.sep
_UNITTEST = _dirname(unittest.__file__) + os.sep
LIBRARIES = tuple(
    path + os.sep for path in (_dirname(os.__file__), *site.getsitepackages(), site.getusersitepackages()) if path
)
"""Where the standard library and the installed packages are."""

_USER, _LIBRARY, _SKIPPED, _RUNNER = range(4)
_kinds: dict[str, int] = {}


class Site(NamedTuple):
    """A line of code: the file as the frame names it, the line from 1, and the function around it."""

    path: str
    line: int
    function: str


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


def who(frame: FrameType | None) -> tuple[Site | None, str | None, FrameType | None]:
    """Return the acquiring line, the phase if a function on the stack tells it, and the frame of that function.

    The line is that of the first frame outside the standard library and the installed packages. Where there is none,
    it is that of the first frame that is not a mock library's, if any stands between the patch and the test runner: a
    decorator is called by the runner itself.
    """
    first: FrameType | None = None
    found: FrameType | None = None
    kinds = _kinds
    while frame is not None:
        filename = frame.f_code.co_filename
        kind = kinds.get(filename)
        if kind is None:
            kind = kinds[filename] = _classify(filename)
        if kind == _USER:
            if found is None:
                found = frame
            phase = PHASES.get(frame.f_code.co_name)
            if phase is not None:
                return _site(found), phase, frame
        elif kind == _RUNNER:
            break
        elif kind == _LIBRARY and first is None:
            first = frame
        frame = frame.f_back
    return _site(found or first), None, None


def _site(frame: FrameType | None) -> Site | None:
    if frame is None:
        return None
    return Site(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)


def code_of(function: Any) -> CodeType | None:
    """Return the code of a function or a method, below its decorators; None for what has none."""
    function = getattr(function, "__func__", function)
    while type(function) is FunctionType:
        inner = function.__dict__.get("__wrapped__")
        if inner is None:
            return function.__code__
        function = inner
    return None
