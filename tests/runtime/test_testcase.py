"""The mixin, on classes of unittest and of testtools."""

from __future__ import annotations

import os
import sys
import types
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import testtools

from flake8_mockleak.runtime import DanglingMockTestCase, statics
from flake8_mockleak.runtime.dangling import Search
from tests.runtime.running import run, write

BASES = [(DanglingMockTestCase,), (DanglingMockTestCase, testtools.TestCase)]


def run_class(cls: Any) -> unittest.TestResult:
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(cls).run(result)
    return result


@pytest.fixture(params=BASES, ids=["unittest", "testtools"])
def bases(request: pytest.FixtureRequest) -> tuple[type, ...]:
    found: tuple[type, ...] = request.param
    return found


def test_mock_that_dangles_is_an_error_of_the_class(bases: tuple[type, ...]) -> None:
    def test_leaves_one(self: Any) -> None:
        mock.patch("os.getlogin").start()

    try:
        result = run_class(type("Leaky", bases, {"test_leaves_one": test_leaves_one}))
        ((_, text),) = result.errors
        assert "'os.getlogin' is still a mock; the patch was started at" in text
        assert "in test_leaves_one" in text
        # An earlier class was told of it.
        assert run_class(type("Innocent", bases, {"test_nothing": lambda self: None})).wasSuccessful()
    finally:
        mock.patch.stopall()


def test_mock_put_by_hand_in_a_class_dangles(bases: tuple[type, ...]) -> None:
    original = types.SimpleNamespace.__init__
    assert original is not None

    def test_by_hand(self: Any) -> None:
        unittest.TestLoader.discover = mock.Mock()  # type: ignore[method-assign]  # noqa: MLK201

    real = unittest.TestLoader.discover
    try:
        result = run_class(type("ByHand", bases, {"test_by_hand": test_by_hand}))
    finally:
        unittest.TestLoader.discover = real  # type: ignore[method-assign]
    ((_, text),) = result.errors
    assert "'unittest.loader.TestLoader.discover' is still a mock; it was put there by hand" in text


def test_clean_class_passes(bases: tuple[type, ...]) -> None:
    def test_clean(self: Any) -> None:
        with mock.patch("os.getlogin"):
            pass

    assert run_class(type("Clean", bases, {"test_clean": test_clean})).wasSuccessful()


def test_fail_fast_skips_the_rest(bases: tuple[type, ...]) -> None:
    def test_a(self: Any) -> None:
        mock.patch("os.getlogin", return_value="ada").start()

    def test_b(self: Any) -> None:
        raise AssertionError("must not run")

    try:
        result = run_class(type("Fast", bases, {"test_a": test_a, "test_b": test_b, "mockleak_fail_fast": True}))
    finally:
        mock.patch.stopall()
    assert [len(result.skipped), len(result.errors), len(result.failures)] == [1, 1, 0]


class Conf:
    """As oslo.config's ConfigOpts, as far as overrides go."""

    def __init__(self) -> None:
        self.overrides: dict[tuple[str | None, str], object] = {}

    def set_override(self, name: str, override: object, group: str | None = None) -> None:
        self.overrides[group, name] = override

    def clear_override(self, name: str, group: str | None = None) -> None:
        self.overrides.pop((group, name), None)


def patching(conf: object, check: Any) -> unittest.TestResult:
    return run_class(type("Patching", (DanglingMockTestCase,), {"mockleak_conf": conf, "test_it": check}))


def test_overrides_of_oslo_config() -> None:
    conf = Conf()

    def check(self: Any) -> None:
        assert self.patch_conf_property("size", 10) == 10
        self.patch_conf_property("support", False, section="redis")
        self.patch_conf_property("size", 20)
        assert conf.overrides == {(None, "size"): 20, ("redis", "support"): False}
        self.doCleanups()
        assert conf.overrides == {}

    assert patching(conf, check).wasSuccessful()


def test_object_and_mapping() -> None:
    settings = types.SimpleNamespace(size=1, redis=types.SimpleNamespace(support=True))
    mapping: dict[str, Any] = {"size": 1, "redis": {"support": True}}

    def check_object(self: Any) -> None:
        self.patch_conf_property("size", 10)
        self.patch_conf_property("support", False, section="redis")
        assert (settings.size, settings.redis.support) == (10, False)

    def check_mapping(self: Any) -> None:
        self.patch_conf_property("size", 10)
        self.patch_conf_property("support", False, section="redis")
        assert mapping == {"size": 10, "redis": {"support": False}}

    assert patching(settings, check_object).wasSuccessful()
    assert (settings.size, settings.redis.support) == (1, True)
    assert patching(mapping, check_mapping).wasSuccessful()
    assert mapping == {"size": 1, "redis": {"support": True}}


def test_configuration_is_named() -> None:
    def check(self: Any) -> None:
        self.patch_conf_property("maxsize", 3)
        assert sys.maxsize == 3

    before = sys.maxsize
    assert run_class(
        type("Named", (DanglingMockTestCase,), {"mockleak_conf": "os:sys", "test_it": check})
    ).wasSuccessful()
    assert sys.maxsize == before


@pytest.mark.parametrize(("conf", "message"), [(None, "mockleak_conf is not set"), ("os", "not of the form")])
def test_configuration_that_is_not_there(conf: object, message: str) -> None:
    def check(self: Any) -> None:
        self.patch_conf_property("size", 1)

    ((_, text),) = patching(conf, check).errors
    assert message in text


LEAKY = """\
import os
import unittest
from unittest import mock


class TestA(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        patcher = mock.patch("os.sync")
        patcher.start()
        cls.addClassCleanup(patcher.stop)

    def test_a(self):
        mock.patch("os.getlogin", return_value="ada").start()

    def test_b(self):
        self.assertEqual(os.getlogin(), "root")
"""


def test_command_line_runs_unittest(tmp_path: Path) -> None:
    write(tmp_path, test_a=LEAKY)
    own = ["-m", "flake8_mockleak.runtime", "--report=report.json"]
    result = run(tmp_path, *own, "-m", "unittest", "discover")
    assert result.status == 1
    assert result.lines == [("test_a.py", 14, "MLK101")]
    assert "this test used a leaked mock: os.getlogin" in result.output
    assert result.leak("os.getlogin")["touched"] == [{"test": "test_a.TestA.test_b", "calls": 1, "configured": False}]


def test_command_line_warns(tmp_path: Path) -> None:
    write(tmp_path, test_a=LEAKY.partition("    def test_b")[0])
    for runner in (["-m", "unittest", "test_a"], ["-m", "pytest", "-c", os.devnull, "--rootdir=.", "test_a.py"]):
        for mode, status in (("warn", 0), ("error", 1)):
            result = run(tmp_path, "-m", "flake8_mockleak.runtime", f"--mode={mode}", *runner)
            assert (result.status, result.lines) == (status, [("test_a.py", 14, "MLK101")]), result.output


HOSTILE = """\
import io
import sys
import unittest
from unittest import mock


class TestA(unittest.TestCase):
    def test_a(self):
        sys.stderr = io.StringIO()
        mock.patch("builtins.print", side_effect=SystemError).start()

    def test_b(self):
        raise KeyboardInterrupt
"""


@pytest.mark.parametrize("interrupted", [False, True])
def test_summary_comes_whatever_the_tests_leave(interrupted: bool, tmp_path: Path) -> None:
    write(tmp_path, test_a=HOSTILE if interrupted else HOSTILE.partition("    def test_b")[0])
    own = ["-m", "flake8_mockleak.runtime", "--mode=warn", "--report=report.json"]
    result = run(tmp_path, *own, "-m", "unittest", "test_a")
    assert (result.status == 0) is not interrupted
    assert result.lines == [("test_a.py", 10, "MLK101")]
    assert result.leak("builtins.print")["line"] == 10


WIDE = """
import os, unittest
from unittest import mock
from flake8_mockleak.runtime import DanglingMockTestCase


class TestWide(DanglingMockTestCase):
    mockleak_fail_fast = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        patcher = mock.patch("os.getlogin")
        patcher.start()
        cls.addClassCleanup(CLEANUP)

    def test_a(self):
        pass

    def test_b(self):
        pass
"""


@pytest.mark.parametrize("runner", ["unittest", "pytest"])
def test_class_cleanup_is_waited_for(runner: str, tmp_path: Path) -> None:
    command = ["-m", runner, "test_a"] if runner == "unittest" else ["-m", "pytest", "-c", os.devnull, "test_a.py"]
    write(tmp_path, test_a=WIDE.replace("CLEANUP", "patcher.stop"))
    result = run(tmp_path, *command)
    assert result.status == 0, result.output
    assert "skipped" not in result.output
    write(tmp_path, test_a=WIDE.replace("CLEANUP", "int"))
    result = run(tmp_path, *command)
    assert result.status == 1
    assert "'os.getlogin' is still a mock; the patch was started at" in result.output


NO_SUPER = """
import os, unittest
from unittest import mock
from flake8_mockleak.runtime import DanglingMockTestCase


class TestA(DanglingMockTestCase):
    @classmethod
    def METHOD(cls):
        pass

    def test_a(self):
        mock.patch("os.getlogin").start()
"""


def test_class_methods_that_do_not_call_their_super(tmp_path: Path) -> None:
    write(tmp_path, test_a=NO_SUPER.replace("METHOD", "setUpClass"))
    result = run(tmp_path, "-m", "unittest", "test_a")
    assert "TypeError: TestA.setUpClass must call super().setUpClass()" in result.output
    write(tmp_path, test_a=NO_SUPER.replace("METHOD", "tearDownClass"))
    result = run(tmp_path, "-m", "unittest", "test_a")
    assert "'os.getlogin' is still a mock" in result.output


FAILS_IN_PART = """
import os, unittest
from unittest import mock


class T(unittest.TestCase):
    def test_a(self):
        with self.subTest():
            patcher = mock.patch("os.getlogin")
            patcher.start()
            self.fail("one part")
            patcher.stop()

    @unittest.expectedFailure
    def test_b(self):
        patcher = mock.patch("os.getpid")
        patcher.start()
        self.fail("as expected")
        patcher.stop()

    def test_c(self):
        with self.subTest():
            self.assertEqual(os.getlogin(), "ada")
"""


def test_failure_of_a_part_or_as_expected_is_one(tmp_path: Path) -> None:
    write(tmp_path, test_a=FAILS_IN_PART)
    own = ["-m", "flake8_mockleak.runtime", "--mode=warn"]
    result = run(tmp_path, *own, "-m", "unittest", "test_a")
    assert result.lines == [("test_a.py", 10, "MLK102"), ("test_a.py", 17, "MLK102")]
    assert "this test used a leaked mock: os.getlogin" in result.output


@pytest.mark.parametrize("source", ["", "import unittest\n\nclass T(unittest.TestCase):\n    def test_a(self): pass\n"])
def test_exit_status_is_that_of_unittest(source: str, tmp_path: Path) -> None:
    """From Python 3.12 on there is one of its own for a run without tests."""
    write(tmp_path, test_a=source)
    plain = run(tmp_path, "-m", "unittest", "test_a")
    assert run(tmp_path, "-m", "flake8_mockleak.runtime", "-m", "unittest", "test_a").status == plain.status


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-m", "nose"], "the runner must be one of unittest, pytest"),
        (["-m", "stestr", "run"], "of its own, use the mixin DanglingMockTestCase"),
        (["-m", "subunit.run", "discover"], "of its own, use the mixin DanglingMockTestCase"),
        (["unittest", "discover"], "[--trace] -m {unittest,pytest} ..."),
        ([], "the runner must be one of unittest, pytest"),
        (["--report=r.pdf", "-m", "unittest"], "the ending must be one of .txt, .json, .html"),
    ],
)
def test_bad_command_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = run(tmp_path, "-m", "flake8_mockleak.runtime", *arguments)
    assert result.status == 2
    assert message in result.output


def test_search_sees_what_changed_since_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    statics.know_mock_base(mock.NonCallableMock)  # as every detector does that is installed
    search = Search()
    module = types.ModuleType("shop_of_search")
    exec("class Till:\n    rate = None", vars(module))
    monkeypatch.setitem(sys.modules, module.__name__, module)

    def found() -> list[str]:
        return [place for place, _ in search.mocks() if "shop_of_search" in place]

    assert found() == []
    monkeypatch.setattr(module.Till, "rate", mock.Mock())
    assert found() == ["shop_of_search.Till.rate"]
    monkeypatch.setattr(module, "open", mock.Mock(), raising=False)
    assert found() == ["shop_of_search.open", "shop_of_search.Till.rate"]
    monkeypatch.setattr(module, "Till", None)
    assert found() == ["shop_of_search.open"]
    monkeypatch.setitem(sys.modules, module.__name__, types.ModuleType(module.__name__))
    assert found() == []
    monkeypatch.setitem(sys.modules, module.__name__, mock.Mock())
    assert found() == ["sys.modules[shop_of_search]"]


def test_the_failure_of_one_test_is_not_that_of_the_next(tmp_path: Path) -> None:
    write(
        tmp_path,
        product="def work(): ...\ndef rest(): ...\n",
        test_a="""
import unittest
from unittest import mock

class TestIt(unittest.TestCase):
    def test_1(self):
        patcher = mock.patch("product.work")
        patcher.start()
        self.fail()
        patcher.stop()

    def test_2(self):
        patcher = mock.patch("product.rest")
        patcher.start()
        if patcher is None:
            patcher.stop()
""",
    )
    result = run(tmp_path, "-m", "flake8_mockleak.runtime", "--mode=warn", "-m", "unittest", "-q")
    assert result.lines == [("test_a.py", 8, "MLK102"), ("test_a.py", 14, "MLK101")]
