"""Compares what the linter and the runtime detector find in one suite.

    python benchmarks/runtime_agreement.py report.json path/of/the/project tests

The first argument is the JSON report of a run, the second the root that its paths are relative to, the others what
flake8 lints, relative to that root. Leaks that have been found by both are matched by file and line; a second look
matches the same name in the same file, for the linter marks the line that was to undo a patch where that is what is
wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Finding(NamedTuple):
    """What one of the two says of a line."""

    path: str
    line: int
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.text}"


def lint(root: Path, paths: Sequence[str]) -> list[Finding]:
    """Return what the linter finds with the rules about leaks."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=MLK1,MLK2", "--disable-noqa", *paths]
    process = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if process.returncode not in (0, 1):
        raise SystemExit(process.stderr)
    found = re.findall(r"^(.+?):(\d+):\d+: (MLK\d+) (.+)$", process.stdout, re.MULTILINE)
    return [Finding(path.removeprefix("./"), int(line), code, text) for path, line, code, text in found]


def leaks(report: Path) -> list[tuple[Finding, str]]:
    """Return the leaks of a report, each with its place."""
    data: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return [
        (Finding(leak["path"], leak["line"], leak["code"], leak["message"]), leak["place"]) for leak in data["leaks"]
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(description="Compare what the linter and the runtime detector find.")
    parser.add_argument("report", type=Path)
    parser.add_argument("root", type=Path)
    parser.add_argument("paths", nargs="+")
    arguments = parser.parse_args(argv)
    linted = lint(arguments.root, arguments.paths)
    both: list[Finding] = []
    only_run: list[Finding] = []
    matched: set[Finding] = set()
    for leak, place in leaks(arguments.report):
        name = place.rpartition(".")[2].partition("[")[0]
        same = [found for found in linted if (found.path, found.line) == (leak.path, leak.line)]
        same = same or [found for found in linted if found.path == leak.path and f"{name}'" in found.text]
        matched.update(same)
        (both if same else only_run).append(leak)
    only_lint = [found for found in linted if found not in matched]
    print(f"both {len(both)}, the detector alone {len(only_run)}, the linter alone {len(only_lint)}")
    for title, rows in (("both", both), ("the detector alone", only_run), ("the linter alone", only_lint)):
        print(f"\n{title}")
        for row in rows:
            print(f"    {row}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
