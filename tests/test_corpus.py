"""Whole files as users write them: the linter says what their marks say, and nothing else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.linting import lint_paths, marked

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(CORPUS.rglob("*.py"))

# In the first line of a file: codes to select that are off by default.
_SELECT = re.compile(r"# select: (MLK\d{3}(?:, ?MLK\d{3})*)\n")


def selected(path: Path) -> frozenset[str]:
    """Return the codes that the file asks for besides the default ones."""
    match = _SELECT.match(path.read_text(encoding="utf-8"))
    return frozenset(re.split(", ?", match[1])) if match else frozenset()


@cache
def findings(directory: Path, codes: frozenset[str]) -> dict[Path, list[tuple[int, str]]]:
    """Lint all files of a directory that ask for those codes, in one run."""
    files = [path for path in FILES if path.is_relative_to(directory) and selected(path) == codes]
    return lint_paths(files, codes)


def annotated(path: Path, reports: list[tuple[int, str]]) -> list[str]:
    """Return the lines of the file that are reported, so that a failure shows a readable difference."""
    text = path.read_text(encoding="utf-8").splitlines()
    return [f"{line}: {code}: {text[line - 1].partition('#')[0].strip()}" for line, code in sorted(set(reports))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPUS)))
def test_file_is_reported_as_marked(path: Path) -> None:
    directory = CORPUS / path.relative_to(CORPUS).parts[0]
    reports = findings(directory, selected(path)).get(path, [])
    assert annotated(path, reports) == annotated(path, marked(path.read_text(encoding="utf-8")))


def test_marks_agree_with_the_directories() -> None:
    """Files of ``leaks`` have marks and files of ``clean`` have none, so none of them tests nothing by mistake."""
    for path in FILES:
        has_marks = bool(marked(path.read_text(encoding="utf-8")))
        assert path.is_relative_to(CORPUS / "projects") or has_marks == path.is_relative_to(CORPUS / "leaks"), path
