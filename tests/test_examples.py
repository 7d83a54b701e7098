"""The bundled examples do what the README says of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.linting import lint_paths

ROOT = Path(__file__).parent.parent
LEAKY, REPAIRED = ROOT / "examples" / "leaky", ROOT / "examples" / "repaired"

RUNNERS = {
    # In the order of the file: it is the leaks of earlier tests that make later ones fail.
    "pytest": ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"],
    "unittest": ["-m", "unittest", "discover", "-s"],
}
runners = pytest.mark.parametrize("runner", RUNNERS.values(), ids=RUNNERS)


def run(runner: list[str], project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", *runner, str(project)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


@runners
def test_only_the_innocent_tests_of_the_leaky_project_fail(runner: list[str]) -> None:
    result = run(runner, LEAKY)
    assert result.returncode == 1
    failed = [line for line in (result.stdout + result.stderr).splitlines() if line.startswith(("FAIL", "ERROR"))]
    # The last line of unittest's report counts the failures.
    failed = [line for line in failed if not line.startswith("FAILED (")]
    assert len(failed) == 4
    assert all("TestInnocent" in line for line in failed)


@runners
def test_the_repaired_project_is_green(runner: list[str]) -> None:
    result = run(runner, REPAIRED)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_leak_is_reported_and_nothing_in_the_repaired_project() -> None:
    reports = lint_paths([LEAKY, REPAIRED])
    assert set(reports) == {LEAKY / "test_shop.py"}
    codes = [code for _, code in reports[LEAKY / "test_shop.py"]]
    assert codes == ["MLK101", "MLK102", "MLK201", "MLK201", "MLK203"]
