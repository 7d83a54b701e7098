"""The detector looks at hostile objects without running code of theirs, and survives what tests do to the process."""

from __future__ import annotations

import threading
from pathlib import Path
from unittest import mock

from flake8_mockleak.runtime import Detector, Lifetime, RunningTest, statics
from flake8_mockleak.runtime.testcase import dangling_mocks
from tests.runtime.running import pytest_run, write

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
        detector.ledger.attribute = None  # type: ignore[assignment, method-assign]
        target = type("Target", (), {"work": 1})
        with mock.patch.object(target, "work", 2):
            assert target.work == 2  # type: ignore[attr-defined]
        assert target.work == 1  # type: ignore[attr-defined]
    finally:
        detector.stop()
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
        detector.scope_is_set_up(__file__)
        assert detector.end_test() == []
        (leak,) = detector.begin_test(RunningTest("t2", "c2", "m", __file__))
        assert (leak.lifetime, leak.after) == ("class", "class c")
        patcher.stop()
        assert leak.released_in == "a tear-down between tests" or leak.ended is not None
    finally:
        detector.stop()


def test_dangling_mocks_asks_nothing(tmp_path: Path) -> None:
    assert all(isinstance(place, str) for place, _ in dangling_mocks())
