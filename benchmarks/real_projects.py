"""Lints the tests of real projects: downloads named source releases and counts the findings.

    python benchmarks/real_projects.py --only trove --findings

Needs the extra ``bench``. The projects are unpacked and read; nothing of them is installed or run.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from unearth import PackageFinder

from flake8_mockleak.rules import all_rules

PROJECTS = {
    "trove": "12.1.0",
    "cinder": "29.0.0",
    "nova": "34.0.0",
    "neutron": "29.0.0",
    "ironic": "39.0.0",
    "keystone": "30.0.0",
    # The only one whose source release has no tests. Its row says so.
    "awscli": "1.46.2",
    "celery": "5.7.0",
    "salt": "3008.5",
    "manila": "23.0.1",
    "glance": "33.0.0",
    "octavia": "19.0.0",
    "buildbot": "4.3.0",
    "certbot": "5.8.0",
    "swift": "2.38.3",
    "scrapy": "2.19.0",
    "ansible-core": "2.19.14",
    "kombu": "5.7.0",
}

DEFAULT_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "flake8-mockleak"

_TEST_DIRECTORIES = {"t", "test", "tests", "testing", "unit_tests"}
_TEST_FILE = re.compile(r"test_.*\.py|.*_test\.py|tests?\.py|conftest\.py")
_FINDING = re.compile(r"(?P<path>.*?):\d+:\d+: (?P<code>MLK\d+) ")


@dataclass(frozen=True, slots=True)
class Result:
    """What linting one project came to. ``findings`` are flake8's lines, ``seconds`` its time by the clock."""

    project: str
    files: int
    lines: int
    findings: tuple[str, ...]
    seconds: float

    @property
    def codes(self) -> Counter[str]:
        """How many findings each code has."""
        return Counter(match["code"] for line in self.findings if (match := _FINDING.match(line)))


def fetch(project: str, cache: Path) -> Path:
    """Return the directory of a project's unpacked source release, downloading it unless it is there."""
    target = cache / f"{project}-{PROJECTS[project]}"
    if target.is_dir():
        return target
    requirement = f"{project}=={PROJECTS[project]}"
    finder = PackageFinder(index_urls=configured_indexes(), no_binary=[project], ignore_compatibility=True)
    best = finder.find_best_match(requirement).best
    if best is None:
        raise SystemExit(f"the package index has no source release of {requirement}")
    cache.mkdir(parents=True, exist_ok=True)
    archive = finder.download(best.link, cache)
    # Unpacked beside its place and then moved, so that a run that is interrupted leaves no half of a project.
    partial = cache / f"{target.name}.partial-{os.getpid()}"
    with tarfile.open(archive) as tar:
        tar.extractall(partial, filter="data")
    (top,) = partial.iterdir()
    top.rename(target)
    partial.rmdir()
    archive.unlink()
    return target


def configured_indexes() -> list[str]:
    """Return the package index that pip is configured to use; none stands for the default one."""
    if url := os.environ.get("PIP_INDEX_URL"):
        return [url]
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    return subprocess.run(command, capture_output=True, text=True).stdout.split()


def test_files(root: Path) -> list[Path]:
    """Return the test files of a project, relative to its root, in order."""
    files = (path.relative_to(root) for path in root.rglob("*.py") if path.is_file())
    return sorted(
        path for path in files if _TEST_DIRECTORIES.intersection(path.parts[:-1]) or _TEST_FILE.fullmatch(path.name)
    )


def lint(project: str, root: Path, select: str) -> Result:
    """Run flake8 over all test files of a project, in one process that is started in its root."""
    files = test_files(root)
    lines = sum((root / path).read_bytes().count(b"\n") for path in files)
    if not files:
        return Result(project, 0, 0, (), 0.0)
    command = [sys.executable, "-m", "flake8", "-j1", "--isolated", f"--select={select}", *map(str, files)]
    start = time.perf_counter()
    process = subprocess.run(command, cwd=root, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    # flake8 says 1 when it has findings, and also when it breaks, but then it says why.
    if process.returncode not in (0, 1) or process.stderr:
        raise SystemExit(f"flake8 broke on {project}:\n{process.stderr}")
    return Result(project, len(files), lines, tuple(process.stdout.splitlines()), seconds)


def table(results: Iterable[Result]) -> str:
    """Return the results as a table in Markdown, with a column for each code that was found."""
    results = list(results)
    codes = sorted(set().union(*(result.codes for result in results)))
    header = ["project", "version", "files", "lines", *codes, "all", "seconds"]
    rows = [
        [
            result.project,
            PROJECTS[result.project],
            f"{result.files:,}",
            f"{result.lines:,}",
            *(str(result.codes[code] or "") for code in codes),
            str(result.codes.total()),
            f"{result.seconds:.1f}",
        ]
        for result in results
    ]
    sums = [str(sum(result.codes[code] for result in results)) for code in codes]
    rows.append(
        [
            "all",
            "",
            f"{sum(result.files for result in results):,}",
            f"{sum(result.lines for result in results):,}",
            *sums,
            str(sum(result.codes.total() for result in results)),
            f"{sum(result.seconds for result in results):.1f}",
        ]
    )
    alignment = ["---", "---", *["---:"] * (len(header) - 2)]
    return "".join(f"| {' | '.join(row)} |\n" for row in [header, alignment, *rows])


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Lint the tests of real projects.")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="where the projects are kept: %(default)s")
    parser.add_argument("--only", action="append", choices=PROJECTS, metavar="NAME", help="this project; repeatable")
    parser.add_argument("--extend", action="store_true", help="with the codes that are off by default")
    parser.add_argument("--findings", action="store_true", help="print the findings too")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table to this file as well")
    arguments = parser.parse_args(argv)

    select = ",".join(rule.code for rule in all_rules() if rule.default or arguments.extend)
    results = []
    for project in arguments.only or PROJECTS:
        result = lint(project, fetch(project, arguments.cache), select)
        results.append(result)
        print(f"{project} {PROJECTS[project]}: {result.codes.total()} findings", file=sys.stderr)
        if arguments.findings:
            for line in result.findings:
                print(f"{project}/{line}")
    text = table(results)
    print(text, end="")
    if arguments.write:
        arguments.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
