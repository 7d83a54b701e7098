"""Measures what the runtime detector costs: the CPU time of a test suite with it against the same without.

    python benchmarks/runtime_cost.py --pairs 5

The suites are generated. The two sides take turns, so that what slows the machine down slows both. Exits with 1 when a
limit is exceeded.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

FILES = 50

HEADER = """\
import unittest
from unittest import mock

import json, http.client, urllib.request, xml.dom.minidom, sqlite3, asyncio, email.message, concurrent.futures
import product
"""

PATCHING = """

class Test{file}(unittest.TestCase):
{tests}"""

PATCHING_TEST = """
    @mock.patch("product.charge")
    def test_{number}(self, charge):
        charge.return_value = {number}
        self.assertEqual(product.total(3), {number})
        charge.assert_called_once_with(3)
"""

PLAIN_TEST = """
    def test_{number}(self):
        self.assertEqual(json.loads("[{number}]"), [{number}])
"""

PRODUCT = """
def charge(amount):
    return amount


def total(amount):
    return charge(amount)
"""


@dataclass(frozen=True, slots=True)
class Load:
    """A suite: how many tests, what each is, and how it is run."""

    name: str
    tests: int
    test: Callable[[int], str]
    runner: str
    limit: float | None


def patching(number: int) -> str:
    """Return a test that patches."""
    return PATCHING_TEST.format(number=number)


def hardly(number: int) -> str:
    """Return a test that patches in one of a hundred cases."""
    return (PATCHING_TEST if number % 100 == 0 else PLAIN_TEST).format(number=number)


LOADS = [
    Load("every test patches, pytest", 2000, patching, "pytest", 1.05),
    Load("one in a hundred patches, pytest", 2000, hardly, "pytest", 1.02),
    Load("every test patches, unittest", 2000, patching, "unittest", 1.05),
    Load("one in a hundred patches, unittest", 2000, hardly, "unittest", None),
]


def write_suite(load: Load, directory: Path) -> None:
    """Write the files of a suite."""
    (directory / "product.py").write_text(PRODUCT, encoding="utf-8")
    size = load.tests // FILES
    for file in range(FILES):
        tests = "".join(load.test(number) for number in range(file * size, (file + 1) * size))
        text = HEADER + PATCHING.format(file=file, tests=tests)
        (directory / f"test_{file}.py").write_text(text, encoding="utf-8")


def command(load: Load, detector: bool) -> list[str]:
    """Return the command that runs a suite."""
    if load.runner == "unittest":
        own = ["-m", "flake8_mockleak.runtime", "--mode=warn"] if detector else []
        return [sys.executable, *own, "-m", "unittest", "discover", "-q"]
    own = ["-p", "flake8_mockleak.runtime.pytest_plugin", "--mockleak=warn"] if detector else []
    return [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", *own, "."]


def cpu_seconds(load: Load, detector: bool, directory: Path) -> float:
    """Return the CPU time, user and system, of one run."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    process = subprocess.Popen(
        command(load, detector), cwd=directory, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{load.name}: the suite failed")
    return usage.ru_utime + usage.ru_stime


def measure(load: Load, pairs: int) -> list[tuple[float, float]]:
    """Return the CPU seconds without and with the detector, pair by pair, after one run of each that is not counted."""
    with tempfile.TemporaryDirectory() as directory:
        write_suite(load, Path(directory))
        for detector in (False, True):
            cpu_seconds(load, detector, Path(directory))
        return [
            (cpu_seconds(load, False, Path(directory)), cpu_seconds(load, True, Path(directory))) for _ in range(pairs)
        ]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(description="Measure what the runtime detector adds to the CPU time of a suite.")
    parser.add_argument("--pairs", type=int, default=7, help="runs of each side: %(default)s")
    parser.add_argument("--only", metavar="WORDS", default="", help="the suites whose name has these words")
    arguments = parser.parse_args(argv)
    failed = False
    print("| suite | tests | without | added | ratio | limit |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for load in LOADS:
        if arguments.only not in load.name:
            continue
        found = measure(load, arguments.pairs)
        without = median(pair[0] for pair in found)
        ratio = median(pair[1] / pair[0] for pair in found)
        added = median(pair[1] - pair[0] for pair in found)
        print(f"| {load.name} | {load.tests:,} | {without:.2f} s | {added:+.3f} s | {ratio:.3f} | {load.limit or ''} |")
        failed = failed or (load.limit is not None and ratio > load.limit)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
