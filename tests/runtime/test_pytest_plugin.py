"""The pytest plugin, in real sessions of pytest."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.runtime.running import PLUGIN, ROOT, pytest_run, run, write

LEAK = """\
import os
from unittest import mock


def test_leaves_a_mock():
    mock.patch("os.getlogin", return_value="ada").start()


def test_calls_it():
    assert os.getlogin() == "root"


def test_configures_it():
    os.getlogin.return_value = "eve"


def test_has_nothing_to_do_with_it():
    assert os.sep
"""

SCOPES = """\
import os
import unittest
from unittest import mock

import pytest


@pytest.fixture(scope="{scope}"{autouse})
def login():
    patcher = mock.patch("os.getlogin", return_value="ada")
    patcher.start()
    yield
    {stop}


class TestA:
    def test_1(self, login):
        pass

    def test_2(self, login):
        pass


class TestB:
    def test_3(self):
        pass
"""


def test_leak_and_its_victims(tmp_path: Path) -> None:
    write(tmp_path, test_a=LEAK)
    result = pytest_run(tmp_path)
    assert result.lines == [("test_a.py", 6, "MLK101")]
    leak = result.leak("os.getlogin")
    assert leak["test"] == "test_a.py::test_leaves_a_mock"
    assert (leak["phase"], leak["lifetime"]) == ("test", "test")
    assert leak["ran"] == 3
    assert leak["touched"] == [
        {"test": "test_a.py::test_calls_it", "calls": 1, "configured": False},
        {"test": "test_a.py::test_configures_it", "calls": 0, "configured": True},
    ]
    assert "test_a.py:6:5: MLK101 patch of 'os.getlogin' is still in place after test_leaves_a_mock" in result.output
    assert "touched by 2 later tests" in result.output


def test_failing_test_is_told(tmp_path: Path) -> None:
    write(tmp_path, test_a=LEAK)
    result = pytest_run(tmp_path)
    assert "leaked mocks" in result.output
    told = (
        "this test used a leaked mock: os.getlogin, put there at test_a.py:6 and left after test_leaves_a_mock (1 call)"
    )
    assert told in result.output


def test_phases_are_told_by_the_stack(tmp_path: Path) -> None:
    conftest = """\
from unittest import mock


def pytest_runtest_setup(item):
    mock.patch("os.getlogin").start()


def pytest_runtest_teardown(item):
    mock.patch("os.getppid").start()
"""
    test = """\
import threading
import unittest
from unittest import mock

import pytest


@pytest.fixture
def login():
    mock.patch("os.uname").start()
    yield
    mock.patch("os.times").start()


def test_a(login):
    mock.patch("os.getpid").start()
    thread = threading.Thread(target=mock.patch("os.getuid").start)
    thread.start()
    thread.join()


class TestB(unittest.TestCase):
    def setUp(self):
        mock.patch("os.getgid").start()

    def test_b(self):
        mock.patch("os.getsid").start()
"""
    write(tmp_path, conftest=conftest, test_a=test)
    result = pytest_run(tmp_path)
    phases = {leak["place"].removeprefix("os."): leak["phase"] for leak in result.report["leaks"]}
    told = {"uname": "setUp", "times": "tearDown", "getpid": "test", "getuid": "test", "getgid": "setUp"}
    hooks = {"getlogin": "setUp", "getppid": "tearDown"}
    assert phases == told | hooks | {"getsid": "test"}


def test_leak_of_a_failure(tmp_path: Path) -> None:
    test = """\
import unittest
from unittest import mock


def test_a():
    patcher = mock.patch("os.getlogin")
    patcher.start()
    assert False
    patcher.stop()


class TestB(unittest.TestCase):
    def test_b(self):
        patcher = mock.patch("os.getpid")
        patcher.start()
        with self.subTest("inner"):
            self.fail()
        self.skipTest("rest")
        patcher.stop()

    def test_c(self):
        patcher = mock.patch("os.uname")
        patcher.start()
        self.skipTest("all of it")
        patcher.stop()
"""
    write(tmp_path, test_a=test)
    result = pytest_run(tmp_path)
    assert result.lines == [("test_a.py", 7, "MLK102"), ("test_a.py", 15, "MLK102"), ("test_a.py", 23, "MLK101")]


def test_warn_changes_no_outcome_and_error_does(tmp_path: Path) -> None:
    write(tmp_path, test_a="from unittest import mock\n\n\ndef test_a():\n    mock.patch('os.getlogin').start()\n")
    assert pytest_run(tmp_path, mode="warn").status == 0
    result = pytest_run(tmp_path, mode="error")
    assert result.status == 1
    assert "1 passed, 1 error" in result.output


def test_ini_switches_it_on(tmp_path: Path) -> None:
    write(tmp_path, test_a=LEAK)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmockleak = warn\n", encoding="utf-8")
    assert run(tmp_path, "-m", "pytest", "-q", "-p", PLUGIN).lines == [("test_a.py", 6, "MLK101")]


def test_it_is_silent_unless_switched_on(tmp_path: Path) -> None:
    check = (
        "import sys\nfrom unittest import mock\n\n\ndef test_a():\n"
        "    assert 'flake8_mockleak.runtime.detector' not in sys.modules\n"
        "    assert mock._patch.__enter__.__code__.co_filename == mock.__file__\n"
    )
    write(tmp_path, test_a=check)
    result = run(tmp_path, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", "-p", PLUGIN)
    assert result.status == 0, result.output
    assert "mockleak" not in result.output


@pytest.mark.parametrize("scope", ["function", "class", "module", "package", "session"])
def test_fixture_that_stops_is_no_leak(scope: str, tmp_path: Path) -> None:
    write(tmp_path, test_a=SCOPES.format(scope=scope, autouse="", stop="patcher.stop()"))
    result = pytest_run(tmp_path)
    assert result.lines == []
    assert result.report["released"] == (2 if scope == "function" else 1)


@pytest.mark.parametrize(
    ("scope", "after"),
    [
        ("function", "test_a.py::TestA::test_1"),
        ("class", "class TestA"),
        ("module", "module test_a.py"),
        ("package", "the session"),
        ("session", "the session"),
    ],
)
def test_fixture_that_does_not_stop_leaks_after_its_scope(scope: str, after: str, tmp_path: Path) -> None:
    write(tmp_path, test_a=SCOPES.format(scope=scope, autouse="", stop="pass"))
    leak = pytest_run(tmp_path).leak("os.getlogin")
    assert leak["after"] == after


def test_replacement_by_hand_in_a_module_fixture_is_no_leak_of_a_test(tmp_path: Path) -> None:
    source = SCOPES.replace('patcher = mock.patch("os.getlogin", return_value="ada")', "original = os.getlogin")
    source = source.replace("patcher.start()", "os.getlogin = mock.Mock()")
    write(tmp_path, test_a=source.format(scope="module", autouse="", stop="os.getlogin = original"))
    assert pytest_run(tmp_path).lines == []
    write(tmp_path, test_a=source.format(scope="module", autouse="", stop="pass"))
    leak = pytest_run(tmp_path).leak("os.getlogin")
    assert (leak["code"], leak["line"], leak["after"]) == ("MLK201", 11, "module test_a.py")


def test_class_level_patch_of_unittest(tmp_path: Path) -> None:
    source = """\
import os
import unittest
from unittest import mock


class TestA(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.patcher = mock.patch("os.getlogin")
        cls.patcher.start()
        CLEANUP

    def test_1(self):
        pass

    def test_2(self):
        pass
"""
    write(tmp_path, test_a=source.replace("CLEANUP", "cls.addClassCleanup(cls.patcher.stop)"))
    assert pytest_run(tmp_path).lines == []
    write(tmp_path, test_a=source.replace("CLEANUP", "pass"))
    leak = pytest_run(tmp_path).leak("os.getlogin")
    assert (leak["after"], leak["phase"], leak["line"]) == ("class TestA", "setUpClass", 10)


def test_marker_allows_a_leak(tmp_path: Path) -> None:
    marker = "import pytest\n\n@pytest.mark.mockleak_allowed(reason='the driver is missing here', place='os.*')\n"
    source = "from unittest import mock\n" + marker + "def test_a():\n    mock.patch('os.getlogin').start()\n"
    write(tmp_path, test_a=source)
    result = pytest_run(tmp_path, mode="error")
    assert result.status == 0, result.output
    assert result.lines == []
    assert "allowed: os.getlogin (test_a.py:6): the driver is missing here" in result.output
    write(tmp_path, test_a=source.replace("os.*", "sys.*"))
    assert pytest_run(tmp_path, mode="error").status == 1


def test_marker_needs_a_reason(tmp_path: Path) -> None:
    write(tmp_path, test_a="import pytest\n\n@pytest.mark.mockleak_allowed\ndef test_a():\n    pass\n")
    result = pytest_run(tmp_path)
    assert result.status == pytest.ExitCode.USAGE_ERROR
    assert "test_a.py::test_a: the marker mockleak_allowed needs a reason" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--mockleak=loud"],
            "--mockleak/--mockleak=off/--mockleak=warn/--mockleak=error: ignored explicit argument 'loud'",
        ),
        (["--mockleak=warn", "--mockleak-report=r.pdf"], "the ending must be one of .txt, .json, .html, not '.pdf'"),
        (["--mockleak=warn", "--mockleak-report=no/r.txt"], "there is no directory"),
        (["--mockleak-report=r.txt"], "--mockleak-report needs --mockleak"),
        (["--mockleak-environment"], "--mockleak-environment needs --mockleak"),
        (["--mockleak-trace"], "--mockleak-trace needs --mockleak"),
        (["--mockleak=warn", "--mockleak-report=.txt"], "the ending must be one of .txt, .json, .html, not 'nothing'"),
        (["--mockleak=warn", "--mockleak-report=taken.txt"], "this is a directory"),
        (["--mockleak=warn", "--mockleak-report=/proc/report.txt"], "report '/proc/report.txt': "),
    ],
)
def test_bad_option_ends_before_the_first_test(arguments: list[str], message: str, tmp_path: Path) -> None:
    write(tmp_path, test_a="open('ran', 'w').close()\n\n\ndef test_a():\n    pass\n")
    (tmp_path / "taken.txt").mkdir()
    result = run(tmp_path, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", "-p", PLUGIN, *arguments)
    assert result.status == pytest.ExitCode.USAGE_ERROR
    assert message in result.output
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("ini", "message"),
    [
        ("mockleak = loud", "ini value mockleak: 'loud' is none of off, warn, error"),
        ("mockleak = warn\nmockleak_report = r.pdf", "the ending must be one of .txt, .json, .html, not '.pdf'"),
        ("mockleak = warn\nmockleak_environment = perhaps", "ini value mockleak_environment: invalid truth value"),
        ("mockleak = warn\nmockleak_trace = perhaps", "ini value mockleak_trace: invalid truth value"),
    ],
)
def test_bad_ini_value_ends_before_the_first_test(ini: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, test_a="open('ran', 'w').close()\n\n\ndef test_a():\n    pass\n")
    (tmp_path / "pytest.ini").write_text(f"[pytest]\n{ini}\n", encoding="utf-8")
    result = run(tmp_path, "-m", "pytest", "-p", PLUGIN)
    assert result.status != 0
    assert message in result.output
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("autoload", [False, True])
def test_command_runs_pytest_where_the_plugin_loads_itself(autoload: bool, tmp_path: Path) -> None:
    """Where the package is installed pytest loads the plugin by its name, and refuses one with two names."""
    write(tmp_path, test_a=LEAK)
    own = ["-m", "flake8_mockleak.runtime", "--mode=warn", "-m", "pytest", "-c", os.devnull, "--rootdir=."]
    result = run(tmp_path, *own, "-p", "no:randomly", "-W", "ignore", autoload=autoload)
    assert result.lines == [("test_a.py", 6, "MLK101")], result.output


def test_off_on_the_command_line_wins_over_the_options_of_an_ini_file(tmp_path: Path) -> None:
    write(tmp_path, test_a="def test_a():\n    pass\n")
    ini = "[pytest]\naddopts = --mockleak=error --mockleak-report=r.txt --mockleak-environment\n"
    (tmp_path / "pytest.ini").write_text(ini, encoding="utf-8")
    result = run(tmp_path, "-m", "pytest", "-p", PLUGIN, "--mockleak=off")
    assert result.status == 0, result.output
    assert not (tmp_path / "r.txt").exists()


def test_command_says_that_the_plugin_was_taken_out(tmp_path: Path) -> None:
    write(tmp_path, test_a="open('ran', 'w').close()\n" + LEAK)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:mockleak\n", encoding="utf-8")
    plugin = ["-p", "no:mockleak", "-p", f"no:{PLUGIN}"]
    result = run(tmp_path, "-m", "flake8_mockleak.runtime", "--mode=warn", "-m", "pytest", *plugin)
    assert result.status == pytest.ExitCode.USAGE_ERROR
    assert "is there a -p no:mockleak?" in result.output
    assert not (tmp_path / "ran").exists()


def test_summary_comes_though_the_report_cannot_be_written(tmp_path: Path) -> None:
    environment = ["-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", "-p", PLUGIN, "--mockleak=warn"]
    (tmp_path / "out").mkdir()
    write(tmp_path, test_a=LEAK + "\n\ndef test_z():\n    import shutil\n    shutil.rmtree('out')\n")
    result = run(tmp_path, *environment, "--mockleak-report=out/report.txt")
    assert result.lines == [("test_a.py", 6, "MLK101")]
    assert "is not written: No such file or directory" in result.output


def test_schema_of_the_json_report_is_the_documented_one(tmp_path: Path) -> None:
    write(tmp_path, test_a=LEAK)
    data = pytest_run(tmp_path).report
    text = (ROOT / "docs" / "runtime" / "reports.md").read_text(encoding="utf-8")
    whole, leaks = text.partition("## JSON")[2].partition("## HTML")[0].split("Leaks with the same code")

    def fields(table: str) -> set[str]:
        rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
        return {name for row in rows for name in re.findall(r"`(\w+)`", row)}

    assert fields(whole) == data.keys()
    assert data["schema"] == 1
    (leak,) = data["leaks"]
    assert fields(leaks) == leak.keys()
    kinds = {name: type(value) for name, value in leak.items()}
    lists = {"ran_first": list, "touched": list}
    numbers = dict.fromkeys(("line", "occurrences", "ran", "touched_count"), int)
    assert kinds == {**dict.fromkeys(leak, str), **lists, **numbers, "started": float, "ended": type(None)}
    assert all(touch.keys() == {"test", "calls", "configured"} for touch in leak["touched"])


def test_line_of_a_doctest(tmp_path: Path) -> None:
    source = '"""About.\n\n>>> from unittest import mock\n>>> if True:\n'
    source += '...     _ = mock.patch("os.getlogin").start()\n"""\n\n\ndef work():\n'
    source += '    """Work.\n\n    >>> from unittest import mock\n'
    source += '    >>> _ = mock.patch("os.getpid").start()\n    """\n'
    write(tmp_path, product=source)
    result = pytest_run(tmp_path, "--doctest-modules", "product.py")
    assert result.lines == [("product.py", 5, "MLK101"), ("product.py", 13, "MLK101")]


def test_name_that_is_no_text_is_written(tmp_path: Path) -> None:
    source = "import os\nfrom unittest import mock\n\n\ndef test_a():\n"
    write(tmp_path, test_a=source + "    mock.patch.dict(os.environ, {'A\\udcff': '1'}).start()\n")
    result = pytest_run(tmp_path)
    assert result.status == 0, result.output
    assert [leak["line"] for leak in result.report["leaks"]] == [6]


def test_reports_of_all_forms(tmp_path: Path) -> None:
    write(tmp_path, test_a=LEAK)
    for ending in ("txt", "html"):
        run(
            tmp_path, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", "-p", PLUGIN, "--mockleak=warn",
            f"--mockleak-report=report.{ending}",
        )  # fmt: skip
    assert "test_a.py:6:5: MLK101" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    data = json.loads(page.split("const report = ", 1)[1].split(";\n", 1)[0])
    assert data["schema"] == 1
    assert [leak["place"] for leak in data["leaks"]] == ["os.getlogin"]
    assert "</script>" not in page.split("const report = ", 1)[1].split(";\n", 1)[0]


def test_rerun_tests(tmp_path: Path) -> None:
    pytest.importorskip("pytest_rerunfailures")
    source = """\
from unittest import mock

tries = []


def test_fails_once():
    tries.append(1)
    patcher = mock.patch("os.getlogin")
    patcher.start()
    assert len(tries) > 1
    patcher.stop()
"""
    write(tmp_path, test_a=source)
    result = pytest_run(tmp_path, "-p", "pytest_rerunfailures", "--reruns=2")
    assert result.status == 0, result.output
    assert result.lines == [("test_a.py", 9, "MLK102")]


def test_asyncio(tmp_path: Path) -> None:
    pytest.importorskip("pytest_asyncio")
    source = """\
import asyncio
import os
from unittest import mock

import pytest_asyncio


@pytest_asyncio.fixture
async def login():
    with mock.patch("os.getlogin"):
        yield


async def test_clean(login):
    with mock.patch("os.sync"):
        await asyncio.sleep(0)


async def test_leaves():
    await asyncio.sleep(0)
    mock.patch("os.getpid", new_callable=mock.AsyncMock).start()


async def test_awaits():
    await os.getpid()
"""
    write(tmp_path, test_a=source)
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n", encoding="utf-8")
    result = pytest_run(tmp_path, "-p", "pytest_asyncio.plugin", "-c", "pytest.ini", "-W", "ignore")
    assert result.lines == [("test_a.py", 21, "MLK101")]
    assert [touch["test"] for touch in result.leak("os.getpid")["touched"]] == ["test_a.py::test_awaits"]


def test_memory_does_not_grow_with_clean_tests(tmp_path: Path) -> None:
    source = """\
import gc, sys
from unittest import mock
import pytest


@pytest.mark.parametrize("number", range(600))
def test_a(number):
    with mock.patch("os.getlogin"):
        pass
    if number in (100, 599):
        gc.collect()
        from flake8_mockleak.runtime.ledger import Acquisition
        print(sum(type(each) is Acquisition for each in gc.get_objects()))
        assert sum(type(each) is Acquisition for each in gc.get_objects()) <= 1
"""
    write(tmp_path, test_a=source)
    result = pytest_run(tmp_path)
    assert result.status == 0, result.output
    assert result.report["released"] == 600


@pytest.mark.parametrize(
    ("option", "mode"), [("--mockleak", "error"), ("--mockleak=warn", "warn"), ("--mockleak=off", "off")]
)
def test_option_before_a_path(option: str, mode: str, tmp_path: Path) -> None:
    write(
        tmp_path,
        test_a="import os\nfrom unittest import mock\n\n\ndef test_a():\n    mock.patch('os.getcwd').start()\n",
        test_b="def test_b():\n    raise AssertionError('not asked for')\n",
    )
    result = run(tmp_path, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", "-p", PLUGIN, option, "test_a.py")
    assert ("still in place" in result.output) is (mode != "off")
    assert result.status == (pytest.ExitCode.TESTS_FAILED if mode == "error" else pytest.ExitCode.OK)
