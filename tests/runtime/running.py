"""Runs pytest and unittest under the detector, in a process of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLUGIN = "flake8_mockleak.runtime.pytest_plugin"
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Run:
    """How a run ended, and what it printed."""

    status: int
    output: str
    report: dict[str, Any]

    @property
    def passed(self) -> int:
        """How many tests passed, by pytest's last line."""
        found = re.findall(r"\b(\d+) passed\b.* in [\d.]+s", self.output)
        return int(found[-1]) if found else 0

    @property
    def failed(self) -> int:
        """How many tests failed, or could not be set up, collected or torn down."""
        return len(set(re.findall(r"^(?:FAILED|ERROR) (\S+)", self.output, re.MULTILINE)))

    @property
    def lines(self) -> list[tuple[str, int, str]]:
        """The flake8-format lines of the summary: path, line and code."""
        found = re.findall(r"^([^\s:]+):(\d+):\d+: (MLK\d+) ", self.output, re.MULTILINE)
        return [(path, int(line), code) for path, line, code in found]

    def leak(self, place: str) -> dict[str, Any]:
        """The leak of a place, of which there is one."""
        (leak,) = [leak for leak in self.report["leaks"] if leak["place"] == place]
        return leak


def write(directory: Path, **files: str) -> None:
    for name, text in files.items():
        (directory / f"{name}.py").write_text(text, encoding="utf-8")


def run(directory: Path, *command: str, autoload: bool = False) -> Run:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_DISABLE_PLUGIN_AUTOLOAD", None)
    if not autoload:
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    environment.pop("PYTEST_ADDOPTS", None)
    process = subprocess.run(
        [sys.executable, *command], cwd=directory, env=environment, capture_output=True, text=True, timeout=120
    )
    report = directory / "report.json"
    data = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return Run(process.returncode, process.stdout + process.stderr, data)


def pytest_run(directory: Path, *arguments: str, mode: str = "warn") -> Run:
    own = ["-c", os.devnull, "--rootdir=.", "-p", PLUGIN, f"--mockleak={mode}", "--mockleak-report=report.json"]
    return run(directory, "-m", "pytest", "-q", "-p", "no:cacheprovider", *own, *arguments)


def observe(source: str, directory: Path) -> Run:
    """Run a test module under the detector, which looks at the environment too."""
    write(directory, test_example=source)
    return pytest_run(directory, "--mockleak-environment")
