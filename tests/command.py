"""The real ``flake8`` command on little projects, the way users and editors start it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NEVER_STOPPED = """\
import unittest
from unittest import mock


class TestPrice(unittest.TestCase):
    def setUp(self):
        self.rate_patch = mock.patch("shop.rate")
        self.rate = self.rate_patch.start()

    def test_price(self):
        self.rate.assert_not_called()
"""
"""A test module with one leak, MLK101 in line 8."""

MODULE = (sys.executable, "-m", "flake8")
SCRIPT = (sys.executable, str(Path(sys.executable).with_name("flake8")))

_REPORT = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>[A-Z]+\d+) (?P<message>.*)")


@dataclass(frozen=True)
class Report:
    """One line of flake8's output."""

    path: str
    line: int
    column: int
    code: str
    message: str


@dataclass(frozen=True)
class Result:
    """What a run of flake8 ended with."""

    status: int
    output: str
    errors: str

    @property
    def reports(self) -> list[Report]:
        """The findings; output that is none, such as a traceback, is an error."""
        assert self.status in (0, 1) and not self.errors, f"flake8 ended with {self.status}\n{self.output}{self.errors}"
        found = []
        for line in self.output.splitlines():
            match = _REPORT.fullmatch(line)
            assert match is not None, f"not a finding: {line!r}"
            path, row, column, code, message = match.groups()
            found.append(Report(path, int(row), int(column), code, message))
        assert self.status == bool(found)
        return found

    @property
    def leaks(self) -> list[str]:
        """The codes of ours that were reported, in order."""
        return [report.code for report in self.reports if report.code.startswith("MLK")]


def flake8(
    *arguments: str,
    directory: Path,
    stdin: str | bytes = "",
    environment: Mapping[str, str] | None = None,
    timeout: float = 60,
    script: bool = False,
) -> Result:
    """Run flake8 in a directory; as a script, that directory is not on the path of imports."""
    source = stdin.encode() if isinstance(stdin, str) else stdin
    process = subprocess.run(
        [*(SCRIPT if script else MODULE), *arguments],
        cwd=directory,
        input=source,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        timeout=timeout,
    )
    return Result(process.returncode, process.stdout.decode(errors="replace"), process.stderr.decode(errors="replace"))


def write(directory: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files of a project, by their paths in it, and return its directory."""
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return directory
