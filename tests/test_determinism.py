"""A finding depends on the file and on the files it imports, and on nothing else."""

from __future__ import annotations

import os
import random
from functools import cache
from pathlib import Path

import pytest

from tests.checking import check
from tests.command import Report, flake8, write

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus"
FILES = sorted([*CORPUS.rglob("*.py"), *(ROOT / "examples").rglob("*.py")])

BASE = """\
import unittest
from unittest import mock


class PatchingTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
"""
STOPPING_BASE = f"{BASE}        self.addCleanup(mock.patch.stopall)\n"

TEST = """\
from unittest import mock

from base import PatchingTestCase


class TestPrice(PatchingTestCase):
    def test_price(self):
        mock.patch("shop.rate").start()
"""


def lint(files: list[Path], *arguments: str, **environment: str) -> list[Report]:
    """Return the findings in the order of the files, which is not that of the arguments with several processes."""
    names = [str(path.relative_to(ROOT)) for path in files]
    arguments = ("--isolated", "--select=MLK", *arguments, *names)
    result = flake8(*arguments, directory=ROOT, environment=environment, timeout=300)  # beside other work, many files
    return sorted(result.reports, key=lambda report: (report.path, report.line, report.column, report.code))


@cache
def expected() -> list[Report]:
    reports = lint(FILES, "-j1")
    assert len({report.path for report in reports}) > 50
    return reports


# The same again, in other circumstances: several at once, for each run lints the whole corpus.


@pytest.mark.parametrize("seed", ["1", "12345"])
def test_order_of_files_and_hash_seed_do_not_matter(seed: str) -> None:
    files = random.Random(seed).sample(FILES, len(FILES))
    assert lint(files, "-j1", PYTHONHASHSEED=seed) == expected()


def test_number_of_jobs_and_reversed_order_do_not_matter() -> None:
    assert lint(FILES[::-1], "-j3") == expected()


def test_file_linted_alone() -> None:
    """Every thirtieth file, each by a flake8 of its own."""
    for path in FILES[::30]:
        name = str(path.relative_to(ROOT))
        assert lint([path], "-j1") == [report for report in expected() if report.path == name]


@pytest.mark.parametrize("start", [".", "tests", "tests/unit", "elsewhere"])
def test_directory_that_flake8_is_started_from_does_not_matter(start: str, tmp_path: Path) -> None:
    """Not even where only the directories above a file tell that it is one of tests."""
    text = "import shop\n\n\ndef setup_module():\n    shop.rate = lambda: 2.0\n"
    write(tmp_path, {"tests/unit/helpers.py": text, "shop/helpers.py": text, "elsewhere/readme.txt": ""})
    directory = tmp_path / start
    names = [os.path.relpath(tmp_path / name, directory) for name in ("tests/unit/helpers.py", "shop/helpers.py")]
    (report,) = flake8("--isolated", "--select=MLK", *names, directory=directory).reports
    assert (report.code, (directory / report.path).resolve()) == ("MLK204", tmp_path / "tests/unit/helpers.py")


def test_one_process_for_all_files_and_none_forgotten() -> None:
    found = []
    for path in random.Random(1).sample(FILES, len(FILES)):
        for line, column, text in check(path):
            found.append((str(path.relative_to(ROOT)), line, column + 1, text))
    assert sorted(found) == sorted(
        (report.path, report.line, report.column, f"{report.code} {report.message}") for report in expected()
    )


# One process that lives on while the files change.


def codes(path: Path, buffer: str | None = None) -> list[str]:
    return [text.split()[0] for _, _, text in check(path, buffer)]


def change(path: Path, content: str) -> None:
    """Write a file so that its time differs from before, whatever the resolution of the file system's clock."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(content, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_edited_base_class_gives_the_new_answer(tmp_path: Path) -> None:
    write(tmp_path, {"base.py": BASE, "test_price.py": TEST})
    for content, answer in ((BASE, ["MLK101"]), (STOPPING_BASE, []), (BASE, ["MLK101"]), (STOPPING_BASE, [])):
        change(tmp_path / "base.py", content)
        assert codes(tmp_path / "test_price.py") == answer


def test_edited_base_class_two_files_away(tmp_path: Path) -> None:
    write(tmp_path, {"root.py": BASE, "base.py": "from root import PatchingTestCase as Root\n"})
    with (tmp_path / "base.py").open("a", encoding="utf-8") as file:
        file.write("\n\nclass PatchingTestCase(Root):\n    pass\n")
    write(tmp_path, {"test_price.py": TEST})
    for content, answer in ((BASE, ["MLK101"]), (STOPPING_BASE, []), (BASE, ["MLK101"])):
        change(tmp_path / "root.py", content)
        assert codes(tmp_path / "test_price.py") == answer


def test_base_class_that_comes_and_goes(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": TEST})
    assert codes(tmp_path / "test_price.py") == []  # a base that cannot be found may do anything
    change(tmp_path / "base.py", BASE)
    assert codes(tmp_path / "test_price.py") == ["MLK101"]
    (tmp_path / "base.py").unlink()
    assert codes(tmp_path / "test_price.py") == []
    write(tmp_path, {"base/__init__.py": BASE})
    assert codes(tmp_path / "test_price.py") == ["MLK101"]


def test_nearer_base_class_that_appears_later(tmp_path: Path) -> None:
    """``base`` is a module of the current project's root first, then one beside the file shadows it."""
    write(tmp_path, {"setup.cfg": "", "src/base.py": STOPPING_BASE, "tests/test_price.py": TEST})
    assert codes(tmp_path / "tests" / "test_price.py") == []
    write(tmp_path, {"tests/base.py": BASE})
    assert codes(tmp_path / "tests" / "test_price.py") == ["MLK101"]
    (tmp_path / "tests" / "base.py").unlink()
    assert codes(tmp_path / "tests" / "test_price.py") == []


def test_edited_conftest_and_helper(tmp_path: Path) -> None:
    conftest = "import pytest\nfrom unittest import mock\n\n\n@pytest.fixture(autouse=True)\ndef clean():\n    yield\n"
    write(tmp_path, {"conftest.py": conftest, "helper.py": "def later(patcher, test):\n    pass\n"})
    test = "from unittest import mock\n\n\ndef test_price():\n    mock.patch('shop.rate').start()\n"
    write(tmp_path, {"test_price.py": test})
    assert codes(tmp_path / "test_price.py") == ["MLK101"]
    change(tmp_path / "conftest.py", f"{conftest}    mock.patch.stopall()\n")
    assert codes(tmp_path / "test_price.py") == []
    change(tmp_path / "conftest.py", conftest)
    assert codes(tmp_path / "test_price.py") == ["MLK101"]


def test_checked_base_file_is_the_buffer_for_itself_and_the_disk_for_others(tmp_path: Path) -> None:
    """A language server checks the open base class's buffer; the tests see it only once it is saved."""
    write(tmp_path, {"base.py": BASE, "test_price.py": TEST})
    assert codes(tmp_path / "base.py", STOPPING_BASE) == []
    assert codes(tmp_path / "test_price.py") == ["MLK101"]
    assert codes(tmp_path / "base.py", f"{STOPPING_BASE}        mock.patch('shop.tax').start()\n") == []


# A cycle of imports through the buffer.

CYCLE = {
    # What test_price.py inherits from comes from itself, by way of another module.
    "middle.py": "from test_price import Root\n\n\nclass PatchingTestCase(Root):\n    pass\n",
}


@pytest.mark.parametrize("stops", [True, False])
def test_import_cycle_through_the_buffer_sees_the_buffer(tmp_path: Path, stops: bool) -> None:
    def source(stopping: bool) -> str:
        base = STOPPING_BASE if stopping else BASE
        return base.replace("PatchingTestCase", "Root") + TEST.replace("from base import", "from middle import")

    write(tmp_path, {**CYCLE, "test_price.py": source(not stops)})
    expected_codes = [] if stops else ["MLK101"]
    assert codes(tmp_path / "test_price.py", source(stops)) == expected_codes
    assert codes(tmp_path / "test_price.py") == (["MLK101"] if stops else [])
    result = flake8("--select=MLK", "--stdin-display-name=test_price.py", "-", directory=tmp_path, stdin=source(stops))
    assert result.leaks == expected_codes
