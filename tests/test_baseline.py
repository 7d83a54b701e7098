"""``python -m flake8_mockleak baseline`` and ``--mockleak-baseline``: starting on a suite that leaks already."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_mockleak import __main__ as command_line
from flake8_mockleak.baseline.entries import VERSION
from tests.command import NEVER_STOPPED as PRICE
from tests.command import Result, flake8, write

pytestmark = pytest.mark.once

NAME = "mockleak-baseline.jsonl"

TWICE = """\
from unittest import mock


def test_both():
    for _ in range(2):
        mock.patch("shop.rate").start()
    mock.patch("shop.rate").start()
    mock.patch("shop.tax").start()
"""

CLEAN = "def test_nothing():\n    assert True\n"

PROJECT = {
    "setup.cfg": f"[flake8]\nmockleak-baseline = {NAME}\n",
    "tests/test_price.py": PRICE,
    "tests/deep/test_twice.py": TWICE,
    "tests/test_clean.py": CLEAN,
}


def run(directory: Path, *arguments: str) -> Result:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "flake8_mockleak", "baseline", *arguments]
    process = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in process.stderr
    return Result(process.returncode, process.stdout, process.stderr)


def made(directory: Path, *arguments: str) -> Path:
    """Make the baseline of the project in a directory and return its path."""
    result = run(directory, *(arguments or ["tests"]))
    assert (result.status, result.errors) == (0, "")
    return directory / NAME


def entries(path: Path) -> list[dict[str, object]]:
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(header) == {"flake8-mockleak baseline": VERSION}
    return [json.loads(line) for line in lines]


def lint(directory: Path, *arguments: str) -> list[tuple[str, str]]:
    """Return the file names and codes of ours that flake8 reports."""
    found = flake8("-j1", *(arguments or ["tests"]), directory=directory).reports
    return sorted((Path(each.path).name, each.code) for each in found if each.code.startswith("MLK"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", PROJECT)


@pytest.fixture
def started(project: Path) -> Path:
    """The project, with a baseline of what is in it."""
    made(project)
    return project


# Writing it.


def test_what_is_found_is_written_in_order(project: Path) -> None:
    result = run(project, "tests")
    assert (result.status, result.output) == (0, f"{NAME}: 4 findings in 2 files (MLK101 4)\n")
    assert entries(project / NAME) == [
        {
            "path": "tests/deep/test_twice.py",
            "code": "MLK101",
            "scope": "test_both",
            "source": 'mock.patch("shop.rate").start()',
            "count": 2,
        },
        {
            "path": "tests/deep/test_twice.py",
            "code": "MLK101",
            "scope": "test_both",
            "source": 'mock.patch("shop.tax").start()',
            "count": 1,
        },
        {
            "path": "tests/test_price.py",
            "code": "MLK101",
            "scope": "TestPrice.setUp",
            "source": "self.rate = self.rate_patch.start()",
            "count": 1,
        },
    ]


def test_it_is_the_same_however_it_is_made(project: Path) -> None:
    text = made(project).read_text(encoding="utf-8")
    for directory, path, jobs in ((project, str(project / "tests"), 1), (project / "tests", ".", 2), (project, ".", 4)):
        (project / NAME).unlink()
        config = PROJECT["setup.cfg"] + f"jobs = {jobs}\n"
        write(project, {"setup.cfg": config})
        assert run(directory, path).status == 0
        assert (project / NAME).read_text(encoding="utf-8") == text, (directory, path)


def test_output_that_flake8_is_configured_for_does_not_matter(project: Path) -> None:
    text = made(project).read_text(encoding="utf-8")
    (project / NAME).unlink()
    more = (
        "quiet = 2\nshow-source = true\nstatistics = true\nbenchmark = true\noutput-file = out.txt\nexit-zero = true\n"
    )
    write(project, {"setup.cfg": PROJECT["setup.cfg"] + more})
    assert run(project, "tests").output == f"{NAME}: 4 findings in 2 files (MLK101 4)\n"
    assert (project / NAME).read_text(encoding="utf-8") == text
    assert not (project / "out.txt").exists()


def test_only_what_flake8_reports_is_written(project: Path) -> None:
    write(project, {"tests/test_price.py": PRICE.replace(".start()\n", ".start()  # noqa: MLK101\n")})
    write(project, {"setup.cfg": PROJECT["setup.cfg"] + "exclude = deep\n"})
    assert entries(made(project)) == []


def test_codes_that_are_selected_are_written(project: Path) -> None:
    write(project, {"tests/test_price.py": PRICE + "\n    def tearDown(self):\n        self.rate_patch.stop()\n"})
    write(project, {"setup.cfg": PROJECT["setup.cfg"] + "extend-select = MLK103\n"})
    assert sorted({str(entry["code"]) for entry in entries(made(project))}) == ["MLK101", "MLK103"]
    assert lint(project) == []


def test_default_name_and_output(project: Path) -> None:
    (project / "setup.cfg").unlink()
    assert run(project, "tests").output.startswith(f"{NAME}: 4 findings")
    assert run(project, "tests", "--output", "tests/known.jsonl").output.startswith("tests/known.jsonl: 4 findings")
    assert entries(project / "tests" / "known.jsonl")[-1]["path"] == "test_price.py"
    assert lint(project, "--mockleak-baseline=tests/known.jsonl", "tests") == []
    assert lint(project, f"--mockleak-baseline={NAME}", "tests") == []


def test_names_that_are_not_ascii(project: Path) -> None:
    write(project, {"tests/test_größe.py": PRICE.replace("rate", "größe")})
    path = made(project)
    assert "tests/test_größe.py" in path.read_text(encoding="utf-8")
    assert lint(project) == []


def test_what_is_there_is_not_overwritten(started: Path) -> None:
    before = (started / NAME).read_text(encoding="utf-8")
    write(started, {"tests/test_more.py": PRICE})
    result = run(started, "tests")
    assert (result.status, result.output) == (2, "")
    assert f"{NAME} is there already; --update" in result.errors
    assert (started / NAME).read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no/such/dir"], "no/such/dir:0: this cannot be checked: E902"),
        (["tests/broken.py"], "tests/broken.py:1: this cannot be checked: E999"),
        (["-"], "standard input"),
        (["tests", "--allow-more"], "--update"),
        (["tests", "--check", "--update"], "not allowed with"),
        (["tests", "--output", "no/dir/file"], "no/dir/file: No such file or directory"),
        (["tests", "--update", "--output", "none.jsonl"], "none.jsonl: No such file or directory"),
        (["tests", "--check", "--output", "none.jsonl"], "none.jsonl: No such file or directory"),
        (["tests", "--config", "none.cfg"], "none.cfg"),
        (["tests/test_price.py", "--config", "bad.cfg"], "is not a dotted name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_name_what_is_wrong(project: Path, arguments: list[str], told: str) -> None:
    write(project, {"tests/broken.py": "def (:\n", "bad.cfg": "[flake8]\nmockleak-safe-bases = a:b\n"})
    if arguments[0] == "tests":
        (project / "tests/broken.py").unlink()
    result = run(project, *arguments)
    assert (result.status, result.output) == (2, "")
    assert told in result.errors
    assert not (project / NAME).exists()


def test_file_that_cannot_be_parsed_is_an_error_whatever_is_selected(project: Path) -> None:
    write(project, {"tests/broken.py": "def (:\n", "setup.cfg": PROJECT["setup.cfg"] + "select = MLK\n"})
    result = run(project, "tests")
    assert (result.status, result.output) == (2, "")
    assert "tests/broken.py:1: this cannot be checked: E999" in result.errors


# Hiding what stands in it.


def test_option_is_described(tmp_path: Path) -> None:
    text = " ".join(flake8("--help", directory=tmp_path).output.split())
    assert "--mockleak-baseline FILE do not report what stands in FILE" in text


def test_what_stands_in_it_is_hidden_and_the_rest_is_not(started: Path) -> None:
    assert lint(started) == []
    write(started, {"tests/test_new.py": PRICE})
    assert lint(started) == [("test_new.py", "MLK101")]
    assert len(lint(started, "--mockleak-baseline=", "tests")) == 5


@pytest.mark.parametrize("start", [".", "tests", "tests/deep", ".."])
@pytest.mark.parametrize("jobs", [1, 3])
def test_wherever_flake8_is_started(started: Path, start: str, jobs: int) -> None:
    write(started, {"tests/test_new.py": PRICE, "tests/deep/test_new.py": PRICE})
    directory = started / start
    arguments = [f"-j{jobs}", f"--config={started / 'setup.cfg'}"]
    for target in (os.path.relpath(started / "tests", directory), str(started / "tests")):
        found = flake8(*arguments, "--select=MLK", target, directory=directory).reports
        assert [Path(each.path).name for each in found] == ["test_new.py"] * 2


def test_path_in_the_configuration_starts_from_its_directory(started: Path) -> None:
    """With a directory in it and without one, and not from where flake8 happens to be started."""
    for name in (NAME, f"known/{NAME}"):
        write(started, {"setup.cfg": f"[flake8]\nmockleak_baseline = {name}\n"})
        (started / "known").mkdir(exist_ok=True)
        if "/" in name:
            text = (started / NAME).read_text(encoding="utf-8").replace('"tests/', '"../tests/')
            (started / NAME).unlink()
            (started / name).write_text(text, encoding="utf-8")
        assert lint(started / "tests", ".") == []


def test_path_on_the_command_line_starts_from_the_current_directory(started: Path) -> None:
    assert lint(started / "tests", "--isolated", f"--mockleak-baseline=../{NAME}", ".") == []
    result = flake8("--isolated", f"--mockleak-baseline={NAME}", ".", directory=started / "tests")
    assert result.status == 1 and "No such file" in result.errors


@pytest.mark.skipif(sys.platform == "win32", reason="links take a privilege there")
def test_project_behind_a_link(started: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(started, target_is_directory=True)
    assert lint(tmp_path, f"--mockleak-baseline=link/{NAME}", "link/tests") == []
    assert lint(tmp_path, f"--mockleak-baseline={started / NAME}", "link/tests") == []
    assert run(tmp_path / "link", "tests", "--check").status == 0


def test_buffer_of_an_editor(started: Path) -> None:
    def names(buffer: str, name: str) -> list[str]:
        return flake8("--select=MLK", f"--stdin-display-name={name}", "-", directory=started, stdin=buffer).leaks

    assert names(PRICE, "tests/test_price.py") == []
    assert names(PRICE, str(started / "tests/test_price.py")) == []
    assert names(PRICE, "tests/test_other.py") == ["MLK101"]
    assert names(PRICE.replace("rate", "tax"), "tests/test_price.py") == ["MLK901", "MLK101"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import unittest\n", "import unittest\nimport os\n\n\n# A line or two more.\nprint(os.name)\n"),
        ("    def setUp(self):\n", "    def helper(self):\n        pass\n\n    def setUp(self):\n        print()\n"),
        (
            "self.rate = self.rate_patch.start()",
            "self.rate = (  # the rate\n            self.rate_patch.start(),\n        )[0]",
        ),
        (".start()\n", ".start()  # what a comment says does not matter\n"),
        ("self.rate = self.rate_patch.start()", "self.rate  =   self.rate_patch.start( )"),
    ],
    ids=["lines above", "lines in the function", "laid out", "comment", "blanks"],
)
def test_entry_is_stable_while_lines_move(project: Path, old: str, new: str) -> None:
    if new.endswith("[0]"):
        write(project, {"tests/test_price.py": PRICE.replace(old, "self.rate = (self.rate_patch.start(),)[0]")})
        old = "self.rate = (self.rate_patch.start(),)[0]"
    made(project)
    source = (project / "tests/test_price.py").read_text(encoding="utf-8")
    changed = source.replace(old, new)
    assert changed != source
    write(project, {"tests/test_price.py": changed})
    assert lint(project) == []
    assert len(lint(project, "--mockleak-baseline=", "tests")) == 4


def test_entry_is_stable_when_other_files_change_their_name(project: Path) -> None:
    below = "from base import Base\nfrom unittest import mock\n\n\nclass TestX(Base):\n    def test_x(self):\n"
    below += '        mock.patch("shop.rate").start()\n'
    write(project, {"tests/base.py": "import unittest\n\n\nclass Base(unittest.TestCase):\n    pass\n"})
    write(project, {"tests/test_below.py": below})
    made(project)
    (project / "tests/base.py").rename(project / "tests/root.py")
    (project / "tests/test_clean.py").rename(project / "tests/test_empty.py")
    write(project, {"tests/test_below.py": below.replace("from base", "from root")})
    assert lint(project) == []


def test_finding_in_another_function_is_new(started: Path) -> None:
    write(started, {"tests/test_price.py": PRICE.replace("TestPrice", "TestCost")})
    assert lint(started) == [("test_price.py", "MLK101"), ("test_price.py", "MLK901")]


def test_decorator_belongs_to_its_function(project: Path) -> None:
    source = "from unittest import mock\n\n\nclass TestX:\n"
    source += "    @mock.patch('shop.tax')\n    def test_x(self, tax):\n        tax.assert_not_called()\n"
    write(project, {"tests/test_decorated.py": source, "tests/shop.py": "rate = 1\n"})
    found = [(each["code"], each["scope"]) for each in entries(made(project)) if "decorated" in str(each["path"])]
    assert found == [("MLK407", "TestX.test_x")]


def test_one_more_of_the_same_is_reported(started: Path) -> None:
    write(started, {"tests/deep/test_twice.py": TWICE + '    mock.patch("shop.rate").start()\n'})
    assert lint(started) == [("test_twice.py", "MLK101")]


def test_silenced_finding_uses_up_no_entry(started: Path) -> None:
    """The first of two that look the same is silenced by a comment: the entry is there for the second."""
    source = TWICE.replace(
        '        mock.patch("shop.rate").start()\n', '        mock.patch("shop.rate").start()  # noqa\n'
    )
    write(started, {"tests/deep/test_twice.py": source})
    assert lint(started) == [("test_twice.py", "MLK901")]
    assert run(started, "tests", "--update").status == 0
    assert lint(started) == []
    assert len(lint(started, "--disable-noqa", "tests")) == 1


def test_conditional_scopes_are_found(project: Path) -> None:
    source = """\
from unittest import mock

try:
    import shop
except ImportError:
    shop = None
else:
    class TestX:
        if shop:
            def test_x(self):
                match self:
                    case None:
                        def inner():
                            mock.patch("shop.rate").start()
                        inner()
"""
    write(project, {"tests/test_nested.py": source})
    scopes = [each["scope"] for each in entries(made(project)) if each["path"] == "tests/test_nested.py"]
    assert scopes == ["TestX.test_x.inner"]


# What is out of date.


def test_mended_finding_is_told_in_its_file(started: Path) -> None:
    write(
        started,
        {
            "tests/test_price.py": PRICE.replace(
                "self.rate = ", "self.addCleanup(self.rate_patch.stop)\n        self.rate = "
            )
        },
    )
    (report,) = flake8("tests", directory=started).reports
    assert (report.path, report.line, report.column, report.code) == ("tests/test_price.py", 1, 1, "MLK901")
    assert report.message == (
        "baseline entry is out of date: MLK101 in TestPrice.setUp is found no more: self.rate = self.rate_patch.start()"
    )
    assert lint(started, "--extend-ignore=MLK901", "tests") == []


def test_file_that_mentions_no_mock_any_more_has_entries_out_of_date(started: Path) -> None:
    write(started, {"tests/test_price.py": CLEAN, "tests/deep/test_twice.py": ""})
    assert lint(started) == [("test_price.py", "MLK901"), ("test_twice.py", "MLK901"), ("test_twice.py", "MLK901")]


def test_part_of_an_entry_is_out_of_date(started: Path) -> None:
    source = TWICE.replace('    for _ in range(2):\n        mock.patch("shop.rate").start()\n', "")
    write(started, {"tests/deep/test_twice.py": source})
    (report,) = flake8("tests", directory=started).reports
    assert "1 of 2 MLK101 in test_both is found no more" in report.message


def test_code_that_is_not_looked_for_is_not_out_of_date(project: Path) -> None:
    write(project, {"tests/test_price.py": PRICE + "\n    def tearDown(self):\n        self.rate_patch.stop()\n"})
    write(project, {"setup.cfg": PROJECT["setup.cfg"] + "extend-select = MLK103\n"})
    made(project)
    write(project, {"setup.cfg": PROJECT["setup.cfg"]})
    assert lint(project) == []
    assert lint(project, "--extend-ignore=MLK101", "tests") == []


def test_check_tells_of_files_that_are_gone(started: Path) -> None:
    assert run(started, "tests", "--check").output == f"{NAME}: 4 findings in 2 files (MLK101 4), as before\n"
    shutil.rmtree(started / "tests/deep")
    assert lint(started) == []
    result = run(started, "tests", "--check")
    assert result.status == 1
    lines = result.output.splitlines()
    assert (
        lines[0]
        == 'out of date: tests/deep/test_twice.py: MLK101 in test_both: mock.patch("shop.rate").start() (2 times)'
    )
    assert lines[-1] == f"{NAME}: 3 findings out of date; take out what is mended with --update"
    assert run(started, "tests", "--update").output == f"{NAME}: 1 finding in 1 file (MLK101 1)\n"
    assert run(started, "tests", "--check").status == 0


def test_check_and_update_keep_to_their_paths(started: Path) -> None:
    shutil.rmtree(started / "tests/deep")
    write(started, {"tests/test_price.py": CLEAN})
    assert run(started, "tests/test_clean.py", "--check").status == 0
    assert run(started, "tests/deep", "--check").status == 2  # nothing is there to be checked
    result = run(started, "tests/test_price.py", "--check")
    assert (result.status, result.output.count("out of date: ")) == (1, 1)
    assert run(started, "tests/test_price.py", "--update").status == 0
    assert {each["path"] for each in entries(started / NAME)} == {"tests/deep/test_twice.py"}
    assert run(started / "tests", "..", "--check").output.count("out of date: ") == 2


# The counts may only fall.


def test_check_fails_when_a_count_rose(started: Path) -> None:
    write(started, {"tests/test_new.py": PRICE})
    result = run(started, "tests", "--check")
    assert result.status == 1
    assert result.output == (
        "new: tests/test_new.py: MLK101 in TestPrice.setUp: self.rate = self.rate_patch.start()\n"
        f"{NAME}: more than before: MLK101 from 4 to 5\n"
    )


def test_update_does_not_let_a_count_rise(started: Path) -> None:
    before = (started / NAME).read_text(encoding="utf-8")
    write(started, {"tests/test_new.py": PRICE})
    result = run(started, "tests", "--update")
    assert result.status == 1
    assert f"{NAME} is left as it is: MLK101 from 4 to 5" in result.output
    assert "new: tests/test_new.py: MLK101 in TestPrice.setUp" in result.output
    assert (started / NAME).read_text(encoding="utf-8") == before
    assert run(started, "tests", "--update", "--allow-more").output == f"{NAME}: 5 findings in 3 files (MLK101 5)\n"
    assert lint(started) == []


def test_fewer_of_one_code_make_no_room_for_another(started: Path) -> None:
    source = "import shop\nfrom unittest import mock\n\n\ndef test_x():\n    shop.rate = mock.Mock()\n"
    write(started, {"tests/deep/test_twice.py": CLEAN, "tests/test_new.py": source})
    result = run(started, "tests", "--update")
    assert (result.status, "MLK201 from 0 to 1" in result.output) == (1, True)


def test_file_that_got_another_name_is_taken_over(started: Path) -> None:
    """One is gone and one of the same code is new: the count stays, so the update is let through."""
    (started / "tests/test_price.py").rename(started / "tests/test_cost.py")
    assert lint(started) == [("test_cost.py", "MLK101")]
    assert run(started, "tests", "--check").status == 1
    assert run(started, "tests", "--update").status == 0
    assert lint(started) == []


# A baseline that cannot be used.

HEADER = '{"flake8-mockleak baseline": 1}\n'
ENTRY = '{"path": "a.py", "code": "MLK101", "scope": "", "source": "x", "count": 1}\n'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory"),
        (b"", "this is no baseline: its first line must be"),
        (b"\xff\xfe\x00", "this is no baseline"),
        (b"\n", "its first line must be"),
        (b"[]\n", "its first line must be"),
        (b'{"flake8-mockleak baseline": "1"}\n', "its first line must be"),
        (b'{"flake8-mockleak baseline": true}\n', "its first line must be"),
        (b'{"flake8-mockleak baseline": 0}\n', "its first line must be"),
        (f'{{"flake8-mockleak baseline": {VERSION + 1}}}\n'.encode(), f"a baseline of version {VERSION + 1}; update"),
        (ENTRY.encode(), "its first line must be"),
        (f"{HEADER}<<<<<<< HEAD\n{ENTRY}".encode(), ":2: this line is no entry: Expecting value in column 1"),
        (f"{HEADER}{ENTRY[:30]}".encode(), ":2: this line is no entry: "),
        (f"{HEADER}{ENTRY}{ENTRY}".encode(), ":3: the same entry stands above"),
        (f"{HEADER}[]\n".encode(), ":2: this line is no entry: it must have just path, code, scope, source, count"),
        (f"{HEADER}{ENTRY.replace('scope', 'scop')}".encode(), ":2: this line is no entry: it must have just"),
        (f"{HEADER}{ENTRY.replace('1}', '0}')}".encode(), ":2: count must be a number from 1, not 0"),
        (f"{HEADER}{ENTRY.replace('1}', 'true}')}".encode(), ":2: count must be a number from 1, not true"),
        (f"{HEADER}{ENTRY.replace('1}', '1.5}')}".encode(), ":2: count must be a number from 1, not 1.5"),
        (
            f"{HEADER}{ENTRY.replace('MLK101', 'E501')}".encode(),
            ":2: code must be one of flake8-mockleak's, not 'E501'",
        ),
        ((HEADER + ENTRY.replace('"x"', "3")).encode(), ":2: source must be a text, not 3"),
    ],
)
def test_damaged_baseline_is_one_clear_line_and_no_pass(project: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        write(project, {NAME: content})
    result = flake8("-j2", "tests/test_clean.py", "tests/test_price.py", directory=project)
    assert (result.status, result.output) == (1, "")
    (line,) = result.errors.splitlines()
    assert line.startswith("flake8-mockleak: error: --mockleak-baseline: ") and NAME in line and told in line


@pytest.mark.parametrize("content", [None, b"", f"{HEADER}x\n".encode()], ids=["missing", "empty", "no JSON"])
def test_damaged_baseline_ends_each_way_of_using_it(project: Path, content: bytes | None) -> None:
    if content is not None:
        write(project, {NAME: content})
    for way in ("--check", "--update"):
        result = run(project, "tests", way)
        assert (result.status, result.output) == (2, "") and NAME in result.errors
    result = flake8("--isolated", f"--mockleak-baseline={NAME}", "tests", directory=project)
    assert (result.status, result.output) == (1, "") and NAME in result.errors
    assert content is None or (project / NAME).read_bytes() == content


def test_directory_in_the_place_of_a_baseline(project: Path) -> None:
    (project / NAME).mkdir()
    result = flake8("tests", directory=project)
    assert result.status == 1 and f"{NAME}: " in result.errors and "Traceback" not in result.errors


def test_line_ends_of_windows_and_empty_lines(started: Path) -> None:
    path = started / NAME
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert lint(started) == []


def test_run_without_a_baseline_does_not_import_it(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": PRICE})
    code = (
        "import sys\nfrom flake8.main.cli import main\nmain(sys.argv[1:])\n"
        "print([name for name in sys.modules if 'baseline' in name])"
    )
    command = [sys.executable, "-c", code, "-j1", "--select=MLK", "test_price.py"]
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert process.stderr == ""
    found, modules = process.stdout.splitlines()
    assert "MLK101" in found and modules == "[]"


# What the documentation shows.

PAGE = (Path(__file__).parent.parent / "docs" / "old-suite.md").read_text(encoding="utf-8")


def shown(marker: str) -> str:
    found = re.search(rf"^<!-- {marker} -->\n```\w+\n(.*?)```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found, marker
    return found[1]


def shell(command: str, directory: Path) -> int:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-c", command], cwd=directory, env={**os.environ, "PATH": path}, timeout=60
    ).returncode


def test_commands_of_the_documentation(project: Path) -> None:
    write(project, {"setup.cfg": shown("config")})
    assert shell(shown("write"), project) == 0
    assert lint(project) == []
    assert shell(shown("check"), project) == 0
    write(project, {"tests/test_price.py": CLEAN})
    assert shell(shown("check"), project) == 1
    assert shell(shown("update"), project) == 0
    assert shell(shown("check"), project) == 0


def test_lines_of_the_documentation_are_real(started: Path) -> None:
    write(started, {"tests/deep/test_twice.py": CLEAN})
    assert run(started, "tests", "--update").status == 0
    assert (started / NAME).read_text(encoding="utf-8") in PAGE
    write(started, {"tests/test_price.py": CLEAN})
    assert flake8("tests", directory=started).output in PAGE


# The code that is no rule.


@pytest.mark.parametrize("query", ["MLK901", "mlk901", "baseline-entry-out-of-date"])
def test_code_is_explained(query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["explain", query]) == 0
    assert capsys.readouterr().out.startswith("MLK901 baseline-entry-out-of-date\n")


def test_no_rule_has_the_code() -> None:
    assert not any(re.match("MLK9", rule.code) for rule in command_line.all_rules())
