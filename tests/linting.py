"""Runs the real flake8, as a user would, and reads what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from flake8_mockleak.rules import all_rules

Reports = list[tuple[int, str]]

_MARK = re.compile(r"#\s*(MLK\d{3}(?:\s*,\s*MLK\d{3})*)\s*$")


@cache
def default_codes() -> tuple[str, ...]:
    """Return the codes that are on without being selected."""
    return tuple(rule.code for rule in all_rules() if rule.default)


def marked(source: str) -> Reports:
    """Return the line and code of every ``# MLKnnn`` at the end of a line, in order."""
    found: Reports = []
    for number, line in enumerate(source.splitlines(), start=1):
        if match := _MARK.search(line):
            found.extend((number, code.strip()) for code in match[1].split(","))
    return sorted(found)


def lint_paths(paths: Iterable[Path], codes: Iterable[str] = ()) -> dict[Path, Reports]:
    """Run flake8 once over files and directories, with the default rules and those of the codes.

    Returns the lines and codes of every file that something was said about, in order.
    """
    selected = ",".join(sorted({*default_codes(), *codes}))
    command = [sys.executable, "-m", "flake8", "--isolated", "--jobs=1", "--disable-noqa", f"--select={selected},E9"]
    command += ["--format=%(path)s:%(row)d:%(code)s", *map(str, paths)]
    process = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if process.returncode not in (0, 1) or process.stderr:
        raise RuntimeError(f"flake8 failed with {process.returncode}:\n{process.stdout}{process.stderr}")
    reports: dict[Path, Reports] = defaultdict(list)
    for line in process.stdout.splitlines():
        path, row, code = line.rsplit(":", 2)
        reports[Path(path)].append((int(row), code))
    return {path: sorted(found) for path, found in reports.items()}


def lint(source: str, directory: Path, codes: Iterable[str] = ()) -> Reports:
    """Run flake8 over one source, as ``test_example.py`` in that directory."""
    path = directory / "test_example.py"
    path.write_text(source, encoding="utf-8")
    return lint_paths([path], codes).get(path, [])
