"""The detector looks at hostile objects without running code of theirs, and survives what tests do to the process."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from unittest import mock

import pytest

from flake8_mockleak.runtime import Detector, Lifetime, RunningTest, statics
from flake8_mockleak.runtime.dangling import Search
from tests.runtime.running import PLUGIN, pytest_run, run, write

PRODUCT = """\
import types


def refuse(*arguments):
    raise SystemError("the detector ran code of the product")


class Hostile:
    __getattr__ = __eq__ = __bool__ = __hash__ = __len__ = __iter__ = __repr__ = __dir__ = refuse
    __class__ = property(refuse)
    __dict__ = property(refuse)


class Meta(type):
    __getattr__ = __eq__ = __bool__ = __instancecheck__ = __subclasscheck__ = refuse
    __hash__ = type.__hash__


class Refusing(metaclass=Meta):
    value = property(refuse)


class Lazy(types.ModuleType):
    def __getattr__(self, name):
        refuse()

    def __getattribute__(self, name):
        refuse()


hostile, other, refusing = Hostile(), Hostile(), Refusing()
registry = {"hostile": hostile}


def work():
    return 1
"""

TEST = """\
import sys
import threading
import time
from unittest import mock

import product


def test_hostile_values_come_and_go():
    product.hostile = product.Hostile()
    product.Refusing.value = product.Hostile()
    product.registry["other"] = product.Hostile()
    sys.modules["lazy"] = product.Lazy("lazy")
    sys.modules["no module"] = product.Hostile()


def test_hostile_targets_are_patched():
    mock.patch.object(product.Refusing, "value", 3).start()
    with mock.patch.dict(product.registry, other=product.Hostile()):
        pass


def test_what_the_report_needs_is_patched():
    mock.patch("time.time", side_effect=SystemError).start()
    mock.patch("time.perf_counter", side_effect=SystemError).start()
    mock.patch("builtins.open", side_effect=SystemError).start()
    mock.patch("io.open", side_effect=SystemError).start()
    mock.patch("os.getcwd", side_effect=SystemError).start()
    mock.patch("threading.Thread", side_effect=SystemError).start()
    mock.patch("threading.current_thread", side_effect=SystemError).start()
    mock.patch("json.dumps", side_effect=SystemError).start()
    mock.patch("weakref.ref", side_effect=SystemError).start()
    mock.patch("ast.parse", side_effect=SystemError).start()


def test_hand_made():
    product.work = mock.Mock()
"""


def test_hostile_objects(tmp_path: Path) -> None:
    source = TEST.replace('    mock.patch("time.perf_counter", side_effect=SystemError).start()\n', "")
    write(tmp_path, product=PRODUCT, test_a=source)
    result = pytest_run(tmp_path)
    assert "ran code of the product" not in result.output
    assert result.report["notes"] == []
    places = {leak["place"] for leak in result.report["leaks"]}
    assert {"product.Refusing.value", "time.time", "builtins.open", "os.getcwd", "threading.Thread"} <= places
    assert "product.work" in places


def test_hooks_that_hang(tmp_path: Path) -> None:
    """The run has a time limit: a hook that is called ends it."""
    hanging = PRODUCT.replace('raise SystemError("the detector ran code of the product")', "threading.Event().wait()")
    write(tmp_path, product="import threading\n" + hanging, test_a=TEST.partition("def test_what_the_report")[0])
    result = pytest_run(tmp_path)
    assert result.report["notes"] == []
    assert "product.Refusing.value" in {leak["place"] for leak in result.report["leaks"]}


PROXY = """\
import types
from unittest import mock


class Proxy:
    '''Says it is whatever it stands for, as those of werkzeug and wrapt do.'''

    def __init__(self, make):
        object.__setattr__(self, "make", make)

    @property
    def __class__(self):
        return type(object.__getattribute__(self, "make")())

    def __getattribute__(self, name):
        return getattr(object.__getattribute__(self, "make")(), name)


def work():
    return 1


current = Proxy(lambda: work)
unbound = Proxy(lambda: 1 / 0)
"""


def test_proxies_and_c_extensions(tmp_path: Path) -> None:
    source = """\
import _json
import array
import math
from unittest import mock

import product


def test_places():
    product.unbound = mock.Mock()
    product.current = product.Proxy(lambda: mock.Mock())
    _json.scanstring = mock.Mock()
    math.sin = mock.Mock()


def test_mocks():
    with mock.patch("math.cos"), mock.patch.object(product, "current"):
        pass
    mock.patch("array.array").start()
"""
    write(tmp_path, product=PROXY, test_a=source)
    result = pytest_run(tmp_path)
    assert result.report["notes"] == []
    places = {leak["place"] for leak in result.report["leaks"]}
    assert places == {"product.unbound", "_json.scanstring", "math.sin", "array.array"}


def test_module_replaces_itself(tmp_path: Path) -> None:
    lazy = "import sys\nimport types\n\n\nclass Module(types.ModuleType):\n    def work(self):\n        return 1\n\n\n"
    lazy += "sys.modules[__name__] = Module(__name__)\n"
    test = (
        "from unittest import mock\n\n\ndef test_a():\n    import lazy\n    lazy.work()\n    lazy.work = mock.Mock()\n"
    )
    write(tmp_path, lazy=lazy, test_a=test)
    result = pytest_run(tmp_path)
    assert result.report["notes"] == []
    assert {leak["place"] for leak in result.report["leaks"]} <= {"lazy.work"}


def test_sys_modules_itself_is_a_mock(tmp_path: Path) -> None:
    write(
        tmp_path,
        test_a="import sys\nfrom unittest import mock\n\n\ndef test_a():\n"
        "    with mock.patch('sys.modules', mock.MagicMock()):\n"
        "        with mock.patch.object(mock, 'sentinel'):\n            pass\n"
        "    mock.patch.object(sys, 'hexversion').start()\n",
    )
    result = pytest_run(tmp_path)
    assert result.lines == [("test_a.py", 9, "MLK101")]


def test_modules_that_import_on_access(tmp_path: Path) -> None:
    write(
        tmp_path,
        lazy="def __getattr__(name):\n    raise ImportError(f'no {name}')\n",
        test_a="import lazy\nfrom unittest import mock\n\n\ndef test_a():\n    lazy.work = mock.Mock()\n",
    )
    assert pytest_run(tmp_path).lines == [("test_a.py", 6, "MLK201")]


def test_keys_with_hooks_that_hang(tmp_path: Path) -> None:
    """The run has a time limit: a ``__hash__`` that is called ends it."""
    product = (
        "import threading\n\n\nclass Key:\n    armed = False\n\n    def __hash__(self):\n"
        "        if Key.armed:\n            threading.Event().wait()\n        return 1\n\n\nregistry = {}\n"
    )
    test = """\
import sys
from unittest import mock

import product


def test_keys():
    key = product.Key()
    mock.patch.dict(product.registry, {key: 1}).start()
    sys.modules[key] = mock.Mock()
    product.Key.armed = True


def test_following():
    pass


def test_disarms():
    product.Key.armed = False
"""
    write(tmp_path, product=product, test_a=test)
    result = pytest_run(tmp_path)
    assert result.status == 0, result.output
    assert result.report["notes"] == []
    assert result.lines == [("test_a.py", 9, "MLK101")]


def test_imports_are_broken_when_something_is_found(tmp_path: Path) -> None:
    test = """\
import builtins
import fnmatch
import importlib
import sys
from unittest import mock


def test_breaks():
    mock.patch.object(builtins, "__import__", side_effect=SystemError).start()
    mock.patch.object(importlib, "import_module", side_effect=SystemError).start()
    mock.patch.dict(sys.modules, ast=mock.Mock(), json=mock.Mock(), dataclasses=mock.Mock()).start()
    for name in list(sys.modules):
        if name.startswith("flake8_mockleak"):
            del sys.modules[name]
    sys.meta_path.clear()


def test_by_hand():
    fnmatch.translate = mock.Mock()


def test_mends():
    mock.patch.stopall()
"""
    write(tmp_path, test_a=test)
    result = pytest_run(tmp_path)
    assert result.status == 0, result.output
    assert result.report["notes"] == []
    assert ("test_a.py", 19, "MLK201") in result.lines
    assert {leak["place"] for leak in result.report["leaks"]} >= {"builtins.__import__", "fnmatch.translate"}


@pytest.mark.parametrize("ending", ["json", "html", "txt"])
def test_what_the_detector_runs_on_is_replaced_at_the_end(tmp_path: Path, ending: str) -> None:
    """The last test leaves mocks in what imports, lines and reports are made with."""
    test = """\
import ast, builtins, collections, dataclasses, enum, fnmatch, functools, importlib.machinery, json, os, sys, typing
from unittest import mock

PLACES = {
    builtins: ("all", "any", "map", "sorted", "sum", "zip"),
    os: ("fspath", "getcwd"),
    os.path: ("dirname", "isdir"),
    enum: ("IntEnum",),
    functools: ("lru_cache",),
    collections: ("deque", "namedtuple"),
    dataclasses: ("dataclass",),
    typing: ("NamedTuple",),
    ast: ("walk", "iter_child_nodes"),
    json: ("JSONEncoder",),
    json.encoder: ("encode_basestring", "encode_basestring_ascii", "c_make_encoder"),
    importlib.machinery.PathFinder: ("find_spec",),
    importlib.machinery.SourceFileLoader: ("exec_module",),
    importlib: ("_bootstrap",),
}


def test_leaves():
    fnmatch.translate = mock.Mock()
    broken = mock.Mock(side_effect=SystemError("from the test"))
    for owner, names in PLACES.items():
        for name in names:
            setattr(owner, name, broken)
    sys.path_importer_cache = broken
"""
    write(tmp_path, test_a=test)
    own = ["-c", os.devnull, "--rootdir=.", "-p", PLUGIN, "--mockleak=warn", f"--mockleak-report=report.{ending}"]
    result = run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", *own)
    assert result.status == 0, result.output
    assert "1 passed" in result.output
    assert ("test_a.py", 23, "MLK201") in result.lines
    assert f"report written to {tmp_path / 'report'}.{ending}" in result.output
    assert " in 1 tests, " in result.output
    assert "fnmatch.translate" in (tmp_path / f"report.{ending}").read_text(encoding="utf-8")


def test_mock_that_is_imported_anew(tmp_path: Path) -> None:
    test = """\
import importlib
import sys
import unittest.mock


def test_second_copy():
    first = sys.modules.pop("unittest.mock")
    second = importlib.import_module("unittest.mock")
    assert second is not first
    second.patch("os.getlogin").start()
    sys.modules["unittest.mock"] = first
    setattr(sys.modules["unittest"], "mock", first)


def test_reloaded():
    importlib.reload(unittest.mock)
    unittest.mock.patch("os.getpid").start()
"""
    write(tmp_path, test_a=test)
    assert pytest_run(tmp_path).lines == [("test_a.py", 10, "MLK101"), ("test_a.py", 17, "MLK101")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_child_of_a_fork_does_not_wait_for_a_lock_of_another_thread() -> None:
    detector = Detector()
    detector.start()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with detector.ledger.lock:
            held.set()
            done.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    try:
        child = os.fork()
        if not child:
            signal.alarm(5)  # ends a child that waits
            with detector.ledger.lock:
                os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
    finally:
        done.set()
        thread.join()
        detector.stop()


def test_two_ledgers_at_once(tmp_path: Path) -> None:
    """The mixin keeps a ledger too, and under pytest there are two."""
    mixin = """\
import os
from unittest import mock

from flake8_mockleak.runtime import DanglingMockTestCase


class TestIt(DanglingMockTestCase):
    def test_with(self):
        with mock.patch("os.getlogin"), mock.patch.dict(os.environ, A="1"):
            pass

    def test_cleanup(self):
        patcher = mock.patch("os.getpid")
        patcher.start()
        self.addCleanup(patcher.stop)
"""
    first = "from unittest import mock\n\n\ndef test_0():\n    with mock.patch('os.getlogin'):\n        pass\n"
    write(tmp_path, test_a=first, test_b=mixin)
    assert pytest_run(tmp_path).lines == []


def test_members_are_read_without_asking() -> None:
    space: dict[str, object] = {}
    exec(PRODUCT, space)  # noqa: S102
    for name in ("hostile", "refusing", "Hostile", "Refusing"):
        value = space[name]
        statics.members(value)
        assert statics.mock_in(value) is None
        assert statics.member(value, "value") is not None


def test_threads_lose_nothing() -> None:
    detector = Detector()
    detector.start()
    try:
        detector.begin_test(RunningTest("t", "c", "m", __file__))
        places = [type(f"Place{number}", (), {"work": 1}) for number in range(8)]

        def patch(place: type) -> None:
            for _ in range(200):
                with mock.patch.object(place, "work"):
                    pass
            mock.patch.object(place, "work").start()

        threads = [threading.Thread(target=patch, args=(place,)) for place in places]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        leaks = detector.end_test()
        assert len(leaks) == 8
        assert all(leak.thread for leak in leaks)
        result = detector.result()
        assert (result.acquisitions, result.released) == (8 * 201, 8 * 200)
    finally:
        mock.patch.stopall()
        detector.stop()


def test_stop_puts_everything_back() -> None:
    before = {name: vars(mock._patch)[name] for name in ("__enter__", "__exit__")}  # type: ignore[attr-defined]
    detector = Detector()
    detector.start()
    assert mock._patch.__enter__ is not before["__enter__"]  # type: ignore[attr-defined]
    detector.stop()
    assert {name: vars(mock._patch)[name] for name in before} == before  # type: ignore[attr-defined]


def test_error_of_the_ledger_never_reaches_the_test() -> None:
    detector = Detector()
    detector.start()
    try:
        detector.ledger.active = None  # type: ignore[assignment]
        target = type("Target", (), {"work": 1})
        with mock.patch.object(target, "work", 2):
            assert target.work == 2  # type: ignore[attr-defined]
        assert target.work == 1  # type: ignore[attr-defined]
    finally:
        detector.stop()
        detector.ledger.active = {}
    assert "1 patches were not recorded (TypeError in the ledger)" in detector.result().notes


def test_scope_of_a_fixture_is_taken_for_lifetime() -> None:
    detector = Detector()
    detector.start()
    target = type("Target", (), {"work": 1})
    try:
        detector.begin_test(RunningTest("t", "c", "m", __file__))
        detector.scope_begins(Lifetime.CLASS, "c")
        patcher = mock.patch.object(target, "work")
        patcher.start()
        try:
            detector.scope_is_set_up(__file__)
            assert detector.end_test() == []
            (leak,) = detector.begin_test(RunningTest("t2", "c2", "m", __file__))
            assert (leak.lifetime, leak.after) == ("class", "class c")
        finally:
            patcher.stop()
        assert leak.released_in == "a tear-down between tests" or leak.ended is not None
    finally:
        detector.stop()


def test_patch_between_tests_is_of_no_test() -> None:
    detector = Detector()
    detector.start()
    target = type("Target", (), {"work": 1})
    home = RunningTest("t", "c", "m", __file__)
    try:
        for number in range(2):
            test = RunningTest(f"t{number}", "c", "m", __file__)
            test.home = home.home
            detector.begin_test(test)
            assert detector.end_test() == []
        with mock.patch.object(target, "work"):
            (made,) = detector.ledger.active.values()
            assert (made.test, made.phase) == (None, "between tests")
        assert detector.result().tests == 2
    finally:
        detector.stop()


PLACE_HOLDER = """
import unittest
from unittest import mock

import product


class PlaceHolder:
    failureException = AssertionError

    def countTestCases(self):
        return 1

    def id(self):
        return "a test that is no TestCase"

    def __call__(self, result):
        result.startTest(self)
        mock.patch("product.total").start()
        result.addSuccess(self)
        result.stopTest(self)


def load_tests(loader, tests, pattern):
    return unittest.TestSuite([PlaceHolder(), PlaceHolder()])
"""


def test_what_unittest_runs_need_not_be_a_test_case(tmp_path: Path) -> None:
    write(tmp_path, product="def total():\n    return 1\n", test_holder=PLACE_HOLDER)
    command = ("-m", "flake8_mockleak.runtime", "--mode=warn", "--report=report.json", "-m", "unittest", "test_holder")
    done = run(tmp_path, *command)
    assert (done.status, done.report["notes"], done.report["tests"]) == (0, [], 2)
    assert done.leak("product.total")["test"] == "a test that is no TestCase"


def test_dangling_mocks_asks_nothing(tmp_path: Path) -> None:
    assert all(isinstance(place, str) for place, _ in Search().mocks())
