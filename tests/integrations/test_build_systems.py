"""Bazel, Pants and sharded runs: a file with what it needs, and nothing else, has the findings that it has anywhere."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Report, flake8, write
from tests.integrations.pages import block
from tests.test_determinism import CORPUS, FILES, expected, lint

pytestmark = pytest.mark.once

PROJECTS = sorted(path for path in (CORPUS / "projects").iterdir() if path.is_dir())
MARKS = ("setup.cfg", "pyproject.toml", "tox.ini", "pytest.ini", "setup.py")


def needed(path: Path, root: Path) -> set[Path]:
    """Return a test file and what it needs of its project, as the documentation lists it, found without the linter."""
    found: set[Path] = set()
    pending = [path, *conftests(path, root)]
    while pending:
        current = pending.pop()
        if current not in found:
            found.add(current)
            found.update(each / "__init__.py" for each in current.parents if (each / "__init__.py").is_file())
            pending.extend(named(current, root))
    return {each for each in found if each.is_relative_to(root)} | {
        root / mark for mark in MARKS if (root / mark).exists()
    }


def conftests(path: Path, root: Path) -> Iterator[Path]:
    for directory in path.parents:
        if directory.is_relative_to(root) and (directory / "conftest.py").is_file():
            yield directory / "conftest.py"


def named(path: Path, root: Path) -> Iterator[Path]:
    """Yield the files of the modules that a file imports, or names in a string as a patch does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = path.parents[node.level - 1].relative_to(root).parts if node.level else ()
            start = [*package, *(node.module or "").split(".")]
            names = [".".join(filter(None, [*start, alias.name.strip("*")])) for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            names = [node.value]
        else:
            continue
        for name in names:
            yield from modules(name, path, root)


def modules(name: str, path: Path, root: Path) -> Iterator[Path]:
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        return
    for start in {path.parent, root, root / "src", *path.parents}:
        if start.is_relative_to(root):
            for length in range(1, len(parts) + 1):
                base = start.joinpath(*parts[:length])
                yield from (each for each in (base.with_suffix(".py"), base / "__init__.py") if each.is_file())


def findings(root: Path, *paths: Path) -> list[Report]:
    """Return the findings but those of MLK601, which looks at the tests next to the file on purpose."""
    return flake8("--isolated", "--select=MLK", "--ignore=MLK601", *map(str, paths), directory=root).reports


@pytest.mark.parametrize("number", range(len(PROJECTS)), ids=lambda number: PROJECTS[number].name)
def test_file_with_only_what_it_needs_has_the_same_findings(number: int, tmp_path: Path) -> None:
    """Each file of a project in a directory of its own; Bazel and Pants fill theirs with links or with copies."""
    project = PROJECTS[number]
    linked = number % 2 == 1 and sys.platform != "win32"  # where links take a privilege
    whole = tmp_path / "whole" / project.name
    shutil.copytree(project, whole)
    tests = [path for path in whole.rglob("*.py") if "test" in path.name]
    of_all = findings(whole, *(path.relative_to(whole) for path in tests))
    for turn, path in enumerate(tests):
        sandbox = tmp_path / f"sandbox{turn}" / project.name
        for each in needed(path, whole):
            copy = sandbox / each.relative_to(whole)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if linked:
                copy.symlink_to(each)
            else:
                shutil.copy(each, copy)
        name = path.relative_to(whole)
        assert findings(sandbox, name) == [report for report in of_all if Path(report.path) == name], name


def test_sandboxes_leave_something_out() -> None:
    """Or else the test above would compare a project with itself."""
    left_out = 0
    for project in PROJECTS:
        for path in project.rglob("test_*.py"):
            left_out += len(list(project.rglob("*.py"))) > len(needed(path, project))
    assert left_out > 3


def test_missing_base_class_makes_no_false_finding(tmp_path: Path) -> None:
    """A sandbox that lacks what it should have: the linter is silent, and not wrong."""
    source = "from unittest import mock\n\nfrom base import Base\n\n\nclass TestX(Base):\n    def test_x(self):\n"
    write(tmp_path, {"test_x.py": source + "        mock.patch('shop.rate').start()\n"})
    assert findings(tmp_path, Path("test_x.py")) == []


def test_runner_for_bazel(tmp_path: Path) -> None:
    files = {"tools/run_flake8.py": block("build-systems.md", "runner")}
    leaking = "from unittest import mock\n\n\ndef test_price():\n    mock.patch('shop.rate').start()\n"
    write(tmp_path, {**files, "test_price.py": leaking})
    command = [sys.executable, "tools/run_flake8.py", "--select=MLK", "test_price.py"]
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (process.returncode, process.stderr, process.stdout.split()[1]) == (1, "", "MLK101")


# Sharding.


@pytest.mark.parametrize("shards", [2, 7])
def test_shards_together_find_what_one_run_finds(shards: int) -> None:
    found = [report for shard in range(shards) for report in lint(FILES[shard::shards], "-j1")]
    assert sorted(found, key=lambda report: (report.path, report.line, report.column, report.code)) == expected()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
@pytest.mark.parametrize("shards", [2, 7])
def test_command_for_a_shard(tmp_path: Path, shards: int) -> None:
    """The one of the documentation, also in more shards than there are files: an empty one checks nothing."""
    leaking = "from unittest import mock\n\n\ndef test_price():\n    mock.patch('shop.rate').start()\n"
    names = [f"tests/deep/test_{number}.py" for number in range(5)]
    write(tmp_path, {**dict.fromkeys(names, leaking), "other/test_x.py": leaking})
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = []
    for shard in range(shards):
        environment = {**os.environ, "PATH": path, "SHARDS": str(shards), "SHARD": str(shard)}
        script = ["bash", "-c", block("build-systems.md", "shard")]
        process = subprocess.run(script, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
        assert process.stderr == ""
        found.extend(line.partition(":")[0] for line in process.stdout.splitlines())
    assert sorted(found) == names
