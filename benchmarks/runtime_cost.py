"""Measures what the runtime detector costs: the CPU time of a test suite with it against the same without.

    python benchmarks/runtime_cost.py --pairs 5
    python benchmarks/runtime_cost.py --instructions --only bare
    python benchmarks/runtime_cost.py --instructions --only fast --tests 200

The suites are generated. The sides take turns, so that what slows the machine down slows all. Exits with 1 when a limit
is exceeded. With ``--instructions`` valgrind counts the instructions of one run of each side: that is told on a busy
machine, takes fifty times as long, and no side has Trove's way.

A *fast* test takes about one millisecond, as the median test of certbot, kombu and trove does (1 to 2 ms under
pytest). A *bare* test does next to nothing, a tenth of a millisecond; under unittest, which adds little itself, what
the detector does for a test is then compared with nothing, and no limit is set. A third side has Trove's way of
looking: at the end of each class, through every member of every loaded module.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import sub, truediv
from pathlib import Path
from statistics import median

from instructions import compare, instructions

FILES = 50

HEADER = """\
import unittest
from unittest import mock

import json, http.client, urllib.request, xml.dom.minidom, sqlite3, asyncio, email.message, concurrent.futures
import looking, product
"""

CLASS = """

class Test{file}(looking.TestCase):
{tests}"""

PATCHING_TEST = """
    @mock.patch("product.charge")
    def test_{number}(self, charge):
        {work}
        charge.return_value = {number}
        self.assertEqual(product.total(3), {number})
        charge.assert_called_once_with(3)
"""

PLAIN_TEST = """
    def test_{number}(self):
        {work}
        self.assertEqual(json.loads("[{number}]"), [{number}])
"""

PRODUCT = """
import json


def charge(amount):
    return amount


def total(amount):
    return charge(amount)


def bill():
    rows = [{"name": f"item {number}", "price": number * 3, "tags": ["a", "b"]} for number in range(250)]
    return json.loads(json.dumps(rows, indent=1))
"""

# What Trove's detector does at the end of a class, in its own time with ``mock``: isinstance and ``getmembers``, two
# deep.
LOOKING = """
import inspect
import os
import sys
import unittest
from unittest import mock


class TestCase(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        if "LOOK_AS_TROVE" in os.environ:
            assert not list(found("", list(sys.modules.values()), 0))


def found(name, parents, depth):
    for parent in parents:
        if isinstance(parent, mock.Mock):
            yield name
            continue
        try:
            members = inspect.getmembers(parent)
        except (ImportError, RuntimeError, AttributeError):
            continue
        for member_name, member in members:
            if isinstance(member, mock.Mock):
                yield f"{name}.{member_name}"
            elif depth == 0 and inspect.isclass(member):
                yield from found(f"{name}.{member_name}", [member], 1)
"""

SIDES = ("without", "detector", "trove")


@dataclass(frozen=True, slots=True)
class Load:
    """A suite: how many tests, in which of them something is patched, the work of each, and how it is run."""

    name: str
    tests: int
    every: int
    work: str
    runner: str
    limit: float | None

    def test(self, number: int) -> str:
        """Return the text of a test."""
        text = PLAIN_TEST if number % self.every else PATCHING_TEST
        return text.format(number=number, work=self.work)


FAST, BARE = "product.bill()", "pass"
LOADS = [
    Load("fast, each patches, pytest", 2000, 1, FAST, "pytest", 1.05),
    Load("fast, one in a hundred patches, pytest", 2000, 100, FAST, "pytest", 1.02),
    Load("fast, each patches, unittest", 2000, 1, FAST, "unittest", 1.05),
    Load("fast, one in a hundred patches, unittest", 2000, 100, FAST, "unittest", 1.02),
    Load("bare, each patches, pytest", 2000, 1, BARE, "pytest", 1.05),
    Load("bare, one in a hundred patches, pytest", 2000, 100, BARE, "pytest", None),
    Load("bare, each patches, unittest", 2000, 1, BARE, "unittest", None),
    Load("bare, one in a hundred patches, unittest", 2000, 100, BARE, "unittest", None),
]


def write_suite(load: Load, directory: Path) -> None:
    """Write the files of a suite."""
    (directory / "product.py").write_text(PRODUCT, encoding="utf-8")
    (directory / "looking.py").write_text(LOOKING, encoding="utf-8")
    size = load.tests // FILES
    for file in range(FILES):
        tests = "".join(load.test(number) for number in range(file * size, (file + 1) * size))
        text = HEADER + CLASS.format(file=file, tests=tests)
        (directory / f"test_{file}.py").write_text(text, encoding="utf-8")


def command(load: Load, detector: bool) -> list[str]:
    """Return the command that runs a suite."""
    if load.runner == "unittest":
        own = ["-m", "flake8_mockleak.runtime", "--mode=warn"] if detector else []
        return [sys.executable, *own, "-m", "unittest", "discover", "-q"]
    own = ["-p", "flake8_mockleak.runtime.pytest_plugin", "--mockleak=warn"] if detector else []
    return [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", *own, "."]


def environment_of(side: str) -> dict[str, str]:
    """Return the environment of a run."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    # A detector that is compiled anew in each run is not what users have.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if side == "trove":
        environment["LOOK_AS_TROVE"] = "1"
    return environment


def cpu_seconds(load: Load, side: str, directory: Path) -> float:
    """Return the CPU time, user and system, of one run."""
    process = subprocess.Popen(
        command(load, side == "detector"),
        cwd=directory,
        env=environment_of(side),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{load.name}, {side}: the suite failed")
    return usage.ru_utime + usage.ru_stime


def measure(load: Load, rounds: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each side, round by round, after one round that is not counted."""
    with tempfile.TemporaryDirectory() as directory:
        write_suite(load, Path(directory))
        for side in SIDES:
            cpu_seconds(load, side, Path(directory))
        found: dict[str, list[float]] = {side: [] for side in SIDES}
        for _ in range(rounds):
            for side in SIDES:
                found[side].append(cpu_seconds(load, side, Path(directory)))
        return found


def counted(load: Load) -> tuple[float, float]:
    """Return the instructions, in millions, of a run without and of one with the detector."""
    found = []
    with tempfile.TemporaryDirectory() as directory:
        write_suite(load, Path(directory))
        for side in ("without", "detector"):
            cpu_seconds(load, side, Path(directory))  # so that everything is compiled
            found.append(instructions(command(load, side == "detector"), Path(directory), environment_of(side)))
    return found[0], found[1]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(description="Measure what the runtime detector adds to the CPU time of a suite.")
    parser.add_argument("--pairs", type=int, default=7, help="runs of each side: %(default)s")
    parser.add_argument("--only", metavar="WORDS", default="", help="the suites whose name has these words")
    parser.add_argument("--instructions", action="store_true", help="count instructions, with valgrind")
    parser.add_argument("--tests", type=int, default=2000, help=f"of a suite, a multiple of {FILES}: %(default)s")
    arguments = parser.parse_args(argv)
    loads = [replace(load, tests=arguments.tests) for load in LOADS if arguments.only in load.name]
    what = f"suite of {arguments.tests:,} tests"
    if arguments.instructions:
        return compare(what, loads, counted)
    failed = False
    print(f"| {what} | without | added | ratio | limit | ratio of Trove's way |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for load in loads:
        found = measure(load, arguments.pairs)
        without = median(found["without"])
        ratio, trove = (median(map(truediv, found[side], found["without"])) for side in ("detector", "trove"))
        added = median(map(sub, found["detector"], found["without"]))
        limit = load.limit or ""
        print(f"| {load.name} | {without:.2f} s | {added:+.3f} s | {ratio:.3f} | {limit} | {trove:.2f} |", flush=True)
        failed = failed or (load.limit is not None and ratio > load.limit)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
