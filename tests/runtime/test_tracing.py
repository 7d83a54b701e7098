"""``sys.monitoring`` names the line where the text alone cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.runtime.running import pytest_run, run, write

NEW = sys.version_info >= (3, 12)

PRODUCT = "class Thing:\n    def run(self):\n        return 1\n\n\ndef launch():\n    return 2\n\n\nregistry = []\n"
TESTS = """\
from unittest import mock

import product


class TestIt:
    def setup_method(self):
        self.thing = product.Thing()

    def test_0(self):
        self.thing.run = mock.Mock()

    def test_1(self):
        type(self.thing).run = mock.Mock()  # the class

    def test_2(self):
        for owner, name in [(product, "launch")]:
            setattr(owner, name, mock.Mock())  # the module

    def test_3(self):
        fill(product.registry)


def fill(held):
    held.append(mock.Mock())  # the container


def never(owner):
    owner.run = 1
    owner.launch = 1
    owner.append(1)
"""
EXPECTED = {
    ("product.Thing.run", "the class", "test_1"),
    ("product.launch", "the module", "test_2"),
}


@pytest.mark.skipif(not NEW, reason="sys.monitoring came with Python 3.12")
def test_line_is_certain(tmp_path: Path) -> None:
    write(tmp_path, product=PRODUCT, test_a=TESTS)
    marks = {n: line.partition("# ")[2] for n, line in enumerate(TESTS.splitlines(), start=1) if "# " in line}
    guessed = {leak["guess"] for leak in pytest_run(tmp_path).report["leaks"]}
    assert guessed != {""}
    result = pytest_run(tmp_path, "--mockleak-trace")
    assert result.status == 0, result.output
    found = [(leak["place"], marks[leak["line"]], leak["test"].rpartition("::")[2]) for leak in result.report["leaks"]]
    assert set(found) == EXPECTED
    assert {leak["guess"] for leak in result.report["leaks"]} == {""}
    own = ["-m", "flake8_mockleak.runtime", "--mode=warn", "--trace"]
    text = run(tmp_path, *own, "-m", "pytest", "-p", "no:cacheprovider").output
    assert "guess" not in text
    assert text.count(": MLK201") == 2


@pytest.mark.skipif(not NEW, reason="sys.monitoring came with Python 3.12")
def test_tools_of_others_are_left_alone(tmp_path: Path) -> None:
    taken = "import sys\n\nfor tool in (3, 4):\n    sys.monitoring.use_tool_id(tool, 'other')\n"
    write(tmp_path, conftest=taken, product=PRODUCT, test_a=TESTS)
    result = pytest_run(tmp_path, "--mockleak-trace")
    # The detector was there first and has taken one of the two: the conftest cannot.
    assert result.status == pytest.ExitCode.USAGE_ERROR or result.report["tests"] == 4
    write(tmp_path, conftest="")
    write(tmp_path, taking=taken)
    result = pytest_run(tmp_path, "-p", "taking", "--mockleak-trace")
    assert result.status == 0, result.output
    assert result.report["notes"] == ["other tools have taken sys.monitoring: nothing was traced"]


@pytest.mark.skipif(NEW, reason="there is sys.monitoring")
@pytest.mark.parametrize("runner", ["pytest", "command"])
def test_older_python_is_told(runner: str, tmp_path: Path) -> None:
    write(tmp_path, product=PRODUCT, test_a=TESTS)
    if runner == "pytest":
        result = pytest_run(tmp_path, "--mockleak-trace")
    else:
        result = run(tmp_path, "-m", "flake8_mockleak.runtime", "--trace", "-m", "unittest")
    assert "trace needs Python 3.12 or newer, this is 3." in result.output
    assert result.status in (2, pytest.ExitCode.USAGE_ERROR)
