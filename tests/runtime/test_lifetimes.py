"""Phases and lifetimes, under both runners; victims in their order, with counts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.runtime.running import Run, pytest_run, run, write

SUITE = """\
import os
import unittest
from unittest import mock

{module}

def setUpModule():
    {setUpModule}


def tearDownModule():
    {tearDownModule}


class TestA(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        {setUpClass}

    @classmethod
    def tearDownClass(cls):
        {tearDownClass}

    def setUp(self):
        {setUp}

    def tearDown(self):
        {tearDown}

    def test_1(self):
        {test}

    def test_2(self):
        pass


class TestB(unittest.TestCase):
    def test_3(self):
        pass
"""
PARTS = ("module", "setUpModule", "tearDownModule", "setUpClass", "tearDownClass", "setUp", "tearDown", "test")
START = "mock.patch('os.getlogin').start()"
LAST = "import unittest\n\n\nclass TestZ(unittest.TestCase):\n    def test_z(self):\n        pass\n"

# Where it is started: the phase, the lifetime, after what it is a leak.
LEAKS = {
    "module": ("import", "module", "module test_a"),
    "setUpModule": ("setUpModule", "module", "module test_a"),
    "setUpClass": ("setUpClass", "class", "class TestA"),
    "setUp": ("setUp", "test", "test_1"),
    "test": ("test", "test", "test_1"),
    "tearDown": ("tearDown", "test", "test_1"),
    "tearDownClass": ("tearDownClass", "class", "class TestA"),
    "tearDownModule": ("tearDownModule", "module", "module test_a"),
}


def run_suite(directory: Path, runner: str, **parts: str) -> Run:
    text = SUITE.format(**{part: parts.get(part, "pass") for part in PARTS})
    write(directory, test_a=text, test_z=LAST)
    if runner == "pytest":
        return pytest_run(directory)
    own = ["-m", "flake8_mockleak.runtime", "--mode=warn", "--report=report.json"]
    return run(directory, *own, "-m", "unittest", "discover")


@pytest.mark.parametrize("runner", ["pytest", "unittest"])
@pytest.mark.parametrize("part", LEAKS)
def test_phase_and_lifetime(part: str, runner: str, tmp_path: Path) -> None:
    leak = run_suite(tmp_path, runner, **{part: START}).leak("os.getlogin")
    phase, lifetime, after = LEAKS[part]
    assert (leak["phase"], leak["lifetime"]) == (phase, lifetime)
    assert leak["after"].removesuffix(".py").endswith(after), leak["after"]
    assert leak["path"] == "test_a.py"
    marks = {each: next(n for n, text in enumerate(SUITE.splitlines(), 1) if f"{{{each}}}" in text) for each in PARTS}
    assert leak["line"] == marks[part]


@pytest.mark.parametrize("runner", ["pytest", "unittest"])
@pytest.mark.parametrize(
    ("start", "stop"),
    [
        ("setUp", "tearDown"),
        ("setUpClass", "tearDownClass"),
        ("setUpModule", "tearDownModule"),
        ("module", "tearDownModule"),
    ],
)
def test_what_is_stopped_in_time_is_no_leak(start: str, stop: str, runner: str, tmp_path: Path) -> None:
    begin = "globals().update(patcher=mock.patch('os.getlogin')); patcher.start()"
    result = run_suite(tmp_path, runner, **{start: begin, stop: "patcher.stop()"})
    assert result.lines == []
    assert result.report["released"] == (2 if start == "setUp" else 1)


@pytest.mark.parametrize("runner", ["pytest", "unittest"])
def test_stopped_in_a_longer_lifetime_is_a_leak_meanwhile(runner: str, tmp_path: Path) -> None:
    begin = "globals().update(patcher=mock.patch('os.getlogin')); patcher.start()"
    result = run_suite(tmp_path, runner, test=begin, tearDownClass="patcher.stop()")
    leak = result.leak("os.getlogin")
    assert (leak["code"], leak["ran"], leak["ended"] is None) == ("MLK108", 1, False)


VICTIMS = """\
import os
from unittest import mock

import pytest


def test_leaves():
    mock.patch("os.getlogin", return_value="ada").start()


@pytest.mark.parametrize("times", [3, 0, 1])
def test_calls(times):
    for _ in range(times):
        os.getlogin()


def test_configures():
    os.getlogin.side_effect = ValueError


def test_resets():
    os.getlogin.reset_mock(side_effect=True)


def test_fails():
    os.getlogin()
    assert os.getlogin() == "root"


def test_sets_it_right():
    mock.patch.stopall()


def test_is_spared():
    os.getlogin
"""


def test_victims_in_their_order_with_counts(tmp_path: Path) -> None:
    write(tmp_path, test_a=VICTIMS)
    result = pytest_run(tmp_path)
    leak = result.leak("os.getlogin")
    assert [(each["test"].partition("::")[2], each["calls"], each["configured"]) for each in leak["touched"]] == [
        ("test_calls[3]", 3, False),
        ("test_calls[1]", 1, False),
        ("test_configures", 0, True),
        ("test_resets", 0, True),
        ("test_fails", 2, False),
    ]
    assert leak["ran"] == 7
    assert [test.partition("::")[2] for test in leak["ran_first"]][-1] == "test_sets_it_right"
    assert leak["released_in"] == "test_a.py::test_sets_it_right"
    assert "this test used a leaked mock: os.getlogin, put there at test_a.py:8" in result.output
    assert "(2 calls)" in result.output


def test_passing_test_is_told_nothing(tmp_path: Path) -> None:
    write(tmp_path, test_a=VICTIMS.replace('assert os.getlogin() == "root"', "pass"))
    assert "this test used a leaked mock" not in pytest_run(tmp_path).output


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_random_order_changes_victims_and_not_leaks(seed: str, tmp_path: Path) -> None:
    """The order is shuffled as plugins do it: in ``pytest_collection_modifyitems``."""
    shuffle = "import random\n\n\ndef pytest_collection_modifyitems(items):\n"
    shuffle += f"    random.Random({seed}).shuffle(items)\n"
    others = "\n\n".join(f"def test_{n}():\n    os.getlogin\n" for n in range(20))
    leak = "def test_leaves():\n    mock.patch('os.getlogin').start()\n"
    write(tmp_path, conftest=shuffle, test_a=f"import os\nfrom unittest import mock\n\n\n{leak}\n\n{others}")
    write(tmp_path, test_b=f"import os\n\n\n{others}")
    result = pytest_run(tmp_path, "-vv")
    order = [line.split()[0] for line in result.output.splitlines() if line.startswith("test_") and "PASSED" in line]
    leak_of = result.leak("os.getlogin")
    assert result.lines == [("test_a.py", 6, "MLK101")]
    after = order[order.index("test_a.py::test_leaves") + 1 :]
    assert leak_of["ran_first"] == after[:50]


@pytest.mark.parametrize("mode", ["warn", "error"])
def test_stop_at_the_first_failure_loses_nothing(mode: str, tmp_path: Path) -> None:
    write(tmp_path, test_a=VICTIMS)
    result = pytest_run(tmp_path, "-x", mode=mode)
    assert [code for _, _, code in result.lines] == ["MLK101"]
    assert result.status == pytest.ExitCode.TESTS_FAILED


def test_subprocess_of_a_test_has_no_detector(tmp_path: Path) -> None:
    write(
        tmp_path,
        test_a="import subprocess, sys\n\n\ndef test_a():\n"
        "    code = 'import sys; sys.exit(\"flake8_mockleak.runtime.detector\" in sys.modules)'\n"
        "    assert subprocess.run([sys.executable, '-c', code]).returncode == 0\n",
    )
    assert pytest_run(tmp_path).status == 0, os.fspath(tmp_path)


EACH_ANEW = """
import shop
from unittest import mock


def test_a():
    shop.rate = mock.Mock(return_value=shop.rate())


def test_b():
    shop.rate = mock.Mock(return_value=shop.rate())


def test_c():
    shop.rate = lambda: 1
"""


def test_mock_that_a_test_calls_and_then_replaces_is_touched(tmp_path: Path) -> None:
    write(tmp_path, shop="def rate():\n    return 1\n", test_a=EACH_ANEW)
    leaks = {leak["test"].partition("::")[2]: leak for leak in pytest_run(tmp_path).report["leaks"]}
    assert [touch["test"] for touch in leaks["test_a"]["touched"]] == ["test_a.py::test_b"]
    assert leaks["test_b"]["touched"] == []
