"""Measures what the extension costs: the CPU time and the memory of flake8 with it against the same without.

    python benchmarks/cost.py --peers
    python benchmarks/cost.py --only mocks --pairs 3
    python benchmarks/cost.py --only mocks --only plain --instructions --peers

The first makes the whole table, beside other plugins, and tells where the time goes; the second one row of it. With
``--instructions`` valgrind counts those of one run of each: that can be told on a busy machine.

Needs the extra ``bench``. Each plugin is measured in a virtual environment of its own, which is made in the cache; the
two sides take turns, so that what slows the machine down slows both. Exits with 1 when a limit is exceeded.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from statistics import median

from instructions import compare, instructions
from real_projects import DEFAULT_CACHE, fetch

ROOT = Path(__file__).resolve().parent.parent
OURS = "flake8-mockleak"
PEERS = {
    "flake8-mock": "0.4",
    "flake8-mock-spec": "1.4.0",
    "flake8-pytest-style": "2.2.0",
    "flake8-bugbear": "26.10.27",
}
PYLINT = "pylint"
"""Measured by itself, as it does not go with flake8, and on no load of more lines than this."""

PYLINT_PIN = "4.0.4"
MOST_FOR_PYLINT = 1_000

MOCK_HEAVY = "cinder/tests/unit/volume/drivers/dell_emc"
MORE_MOCKS = {"trove": "trove/tests", "celery": "t"}
LARGE_TREE = "neutron/tests/unit"
ONE_FILE = "cinder/tests/unit/volume/drivers/test_vzstorage.py"
"""Nothing is found in it: flake8 tokenizes a file once more as soon as there is a finding, to look for ``noqa``."""

GROWTH = (1, 10, 100)
MAX_GROWTH = 15.0
"""How many times the cost of ten times the length a hundred times may cost. Linear is 10, quadratic 100."""


MIB = 1024
"""Kibibytes."""


@dataclass(frozen=True, slots=True)
class Load:
    """Something to lint: what follows ``flake8`` on the command line, where, and what goes to standard input.

    ``limit`` is the highest ratio of CPU times, ``added_limit`` the most seconds and ``memory_limit`` the most MiB that
    the extension may add.
    """

    name: str
    lines: int
    arguments: list[str]
    directory: Path
    stdin: Path | None = None
    limit: float | None = None
    added_limit: float | None = None
    memory_limit: float | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One load with one plugin, as instructions are counted."""

    load: Load
    plugin: str

    @property
    def name(self) -> str:
        """What the row is called."""
        return f"{self.load.name}: {self.plugin}"

    @property
    def limit(self) -> float | None:
        """The greatest ratio that is allowed: ours alone is limited."""
        return self.load.limit if self.plugin == OURS else None


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run took: CPU time, user and system, in seconds, and the most memory of a process, in MiB."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What one load took without and with a plugin, pair by pair."""

    load: Load
    plugin: str
    pairs: list[tuple[Usage, Usage]]

    @property
    def without(self) -> float:
        """The median of flake8 alone, in seconds."""
        return median(without.seconds for without, _ in self.pairs)

    @property
    def added(self) -> float:
        """The median of what the plugin adds, in seconds."""
        return median(with_it.seconds - without.seconds for without, with_it in self.pairs)

    @property
    def ratio(self) -> float:
        """The median of the ratios of CPU time."""
        return median(with_it.seconds / without.seconds for without, with_it in self.pairs)

    @property
    def least(self) -> float:
        """The least CPU time with the plugin, relative to the least without: what else the machine does only adds."""
        with_it = min(with_it.seconds for _, with_it in self.pairs)
        return with_it / min(without.seconds for without, _ in self.pairs)

    @property
    def memory(self) -> float:
        """The median of what the plugin adds, in MiB."""
        return median(with_it.memory - without.memory for without, with_it in self.pairs)

    @property
    def exceeds(self) -> bool:
        """Whether it is ours, limited, and over the limit."""
        too_slow = self.load.limit is not None and self.ratio > self.load.limit
        too_late = self.load.added_limit is not None and self.added > self.load.added_limit
        too_large = self.load.memory_limit is not None and self.memory > self.load.memory_limit
        return self.plugin == OURS and (too_slow or too_late or too_large)


def mocks(cache: Path, scratch: Path) -> list[Load]:
    """Return a tree of tests that mock in nearly every file."""
    project = fetch("cinder", cache)
    return [Load("tests that mock", count_lines(project / MOCK_HEAVY), [MOCK_HEAVY], project, limit=1.05)]


def more(cache: Path, scratch: Path) -> list[Load]:
    """Return the tests of other projects that mock: what they cost differs by what they look like."""
    loads = []
    for name, directory in MORE_MOCKS.items():
        project = fetch(name, cache)
        loads.append(Load(f"the tests of {name}", count_lines(project / directory), [directory], project))
    return loads


def plain(cache: Path, scratch: Path) -> list[Load]:
    """Return a tree of a library that never mentions a mock."""
    project = fetch("scrapy", cache)
    return [Load("a tree that does not mock", count_lines(project / "scrapy"), ["scrapy"], project, limit=1.01)]


def tree(cache: Path, scratch: Path) -> list[Load]:
    """Return all unit tests of a large project, many of them on base classes in other test modules."""
    project = fetch("neutron", cache)
    lines = count_lines(project / LARGE_TREE)
    return [Load("a whole large tree", lines, [LARGE_TREE], project, memory_limit=25)]


def jobs(cache: Path, scratch: Path) -> list[Load]:
    """Return the tests that mock, for two processes."""
    return [replace(load, name=f"{load.name}, -j2", jobs=2, limit=None) for load in mocks(cache, scratch)]


def stdin(cache: Path, scratch: Path) -> list[Load]:
    """Return one file, as an editor hands it over."""
    project = fetch("cinder", cache)
    load = from_stdin("one file on standard input", project, project / ONE_FILE)
    return [replace(load, added_limit=0.06)]


def growth(cache: Path, scratch: Path) -> list[Load]:
    """Return one file at several lengths."""
    project = fetch("cinder", cache)
    source = (project / ONE_FILE).read_text(encoding="utf-8")
    loads = []
    for times in GROWTH:
        path = scratch / f"times_{times}.py"
        path.write_text(repeat(source, times), encoding="utf-8")
        loads.append(from_stdin(f"one file, {times}x", project, path))
    return loads


LOADS: dict[str, Callable[[Path, Path], list[Load]]] = {
    "mocks": mocks,
    "more": more,
    "plain": plain,
    "tree": tree,
    "jobs": jobs,
    "stdin": stdin,
    "growth": growth,
}


def from_stdin(name: str, project: Path, path: Path) -> Load:
    """Return the load of a file that stands in for ``ONE_FILE`` of the project, whose base classes are there."""
    return Load(name, count_lines(path), ["--stdin-display-name", ONE_FILE, "-"], project, stdin=path)


def count_lines(path: Path) -> int:
    """Return the lines of a file, or of all Python files below a directory."""
    files = path.rglob("*.py") if path.is_dir() else [path]
    return sum(file.read_bytes().count(b"\n") for file in files)


def repeat(source: str, times: int) -> str:
    """Return a module's source several times over, its classes and functions named anew each time."""
    names = re.findall(r"^(?:class|def) (\w+)", source, re.MULTILINE)
    own_name = re.compile(rf"\b(?:{'|'.join(names)})\b")
    return "\n\n".join(own_name.sub(rf"\g<0>_{number}", source) for number in range(times))


def environment(cache: Path, *requirements: str) -> Path:
    """Return the Python of a virtual environment with flake8 and the requirements, made unless it is there."""
    flake8 = f"flake8=={version('flake8')}"
    # A path among the requirements is another one each time; the environment goes by its last part.
    name = "-".join([sys.implementation.cache_tag or "python", flake8, *(Path(each).name for each in requirements)])
    python = cache / "environments" / name / "bin" / "python"
    if not python.exists():
        venv.create(python.parent.parent, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", flake8, *requirements], check=True)
    return python


def snapshot(scratch: Path) -> Path:
    """Return a copy of what is installed of this project: built where it stands, it could take in an older build."""
    copy = scratch / OURS
    shutil.copytree(ROOT / "flake8_mockleak", copy / "flake8_mockleak")
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    return copy


def command_of(python: Path, load: Load, tool: str) -> list[str]:
    """Return the command that lints a load."""
    if tool == PYLINT:
        return [str(python), "-m", "pylint", "--jobs=1", "--exit-zero", "--from-stdin", ONE_FILE]
    return [str(python), "-m", "flake8", f"-j{load.jobs}", "--isolated", *load.arguments]


def run(python: Path, load: Load, tool: str = "flake8") -> Usage:
    """Lint a load, and return what that took."""
    with open(load.stdin or os.devnull, "rb") as stdin:
        process = subprocess.Popen(
            command_of(python, load, tool), cwd=load.directory, stdin=stdin, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{tool} broke on {load.name}")
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB)


def measure(load: Load, plugin: str, pythons: tuple[Path, Path], pairs: int) -> Cost:
    """Measure both sides in turn."""
    without, with_it = pythons
    return Cost(load, plugin, [(run(without, load), run(with_it, load, plugin)) for _ in range(pairs)])


def counted(python: Path, load: Load, tool: str = "flake8") -> float:
    """Return the instructions, in millions, that linting a load takes."""
    run(python, load, tool)  # so that everything is compiled
    with open(load.stdin or os.devnull, "rb") as stdin:
        return instructions(command_of(python, load, tool), load.directory, os.environ, (0, 1), stdin)


def count_all(alone: Path, plugins: Mapping[str, Path], loads: Sequence[Load]) -> int:
    """Print the instructions of each load with each plugin, and return the exit status."""
    without: dict[str, float] = {}
    added: dict[str, float] = {}

    def pair(row: Row) -> tuple[float, float]:
        name = row.load.name
        if name not in without:
            without[name] = counted(alone, row.load)
        with_it = counted(plugins[row.plugin], row.load, row.plugin)
        if row.plugin == OURS:
            added[name] = with_it - without[name]
        return without[name], with_it

    status = compare("load", [Row(load, plugin) for load in loads for plugin in plugins if is_for(plugin, load)], pair)
    return status or int(grows_too_much(added))


def is_for(plugin: str, load: Load) -> bool:
    """Whether a plugin is measured on a load."""
    return plugin != PYLINT or load.lines <= MOST_FOR_PYLINT


def grows_too_much(added: Mapping[str, float]) -> bool:
    """Print what ten times the length costs, by what was added to each load, and return whether that is too much."""
    shorter, longer = (added.get(f"one file, {times}x") for times in GROWTH[-2:])
    if not shorter or not longer:
        return False
    times = longer / shorter
    print(f"\nTen times the length, from {GROWTH[-2]}x to {GROWTH[-1]}x, costs {times:.1f} times as much.")
    return times > MAX_GROWTH


def table(costs: Sequence[Cost]) -> str:
    """Return the measurements as a table in Markdown."""
    rows = [
        f"| {cost.load.name} | {cost.load.lines:,} | {cost.plugin} | {cost.without:.2f} s | {cost.added:+.3f} s "
        f"| {cost.load.added_limit or ''} | {cost.ratio:.3f} | {cost.least:.3f} "
        f"| {cost.load.limit or ''} "
        f"| {cost.memory:+.1f} MiB | {cost.load.memory_limit or ''} |\n"
        for cost in costs
    ]
    return (
        "| load | lines | plugin | flake8 alone | added | limit | ratio | of the least | limit | memory | limit |\n"
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n" + "".join(rows)
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(description="Measure what flake8-mockleak adds to the CPU time of flake8.")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="for projects, environments: %(default)s")
    parser.add_argument("--only", action="append", choices=LOADS, help="this load; repeatable")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each side: %(default)s")
    parser.add_argument("--peers", action="store_true", help="measure other plugins too")
    parser.add_argument("--instructions", action="store_true", help="count instructions, with valgrind")
    arguments = parser.parse_args(argv)
    cache = arguments.cache.resolve()
    os.environ.pop("PYTHONPATH", None)  # this checkout on it would put the extension in every environment

    costs: list[Cost] = []
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        alone = environment(cache)
        plugins = {OURS: environment(cache, str(snapshot(scratch)))}
        if arguments.peers:
            plugins |= {name: environment(cache, f"{name}=={pin}") for name, pin in PEERS.items()}
            plugins[PYLINT] = environment(cache, f"{PYLINT}=={PYLINT_PIN}")
        loads = [load for name in arguments.only or LOADS for load in LOADS[name](cache, scratch)]
        if arguments.instructions:
            return count_all(alone, plugins, loads)
        for load in loads:
            for plugin, python in plugins.items():
                if is_for(plugin, load):
                    print(f"{load.name}: {plugin}", file=sys.stderr)
                    costs.append(measure(load, plugin, (alone, python), arguments.pairs))
    print(table(costs), end="")
    if not arguments.only:
        print(f"\nWhere the time goes in {MOCK_HEAVY}:\n", flush=True)
        phases = Path(__file__).with_name("phases.py")
        subprocess.run([sys.executable, phases, fetch("cinder", cache), MOCK_HEAVY], check=True)

    failed = any(cost.exceeds for cost in costs)
    added = {cost.load.name: cost.added for cost in costs if cost.plugin == OURS}
    return int(grows_too_much(added) or failed)


if __name__ == "__main__":
    sys.exit(main())
