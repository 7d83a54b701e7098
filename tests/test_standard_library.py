"""No exception of ours over thousands of files that nobody wrote for us.

Every file of the standard library, with its own test suite (``Lib/test``) where that is installed, and of the
environment's site-packages. By default one file in eight; all of them with ``MOCKLEAK_ALL=1`` in the environment.
"""

from __future__ import annotations

import ast
import os
import sysconfig
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_mockleak.model import triggers
from tests.checking import check_tree

EVERY = 1 if os.environ.get("MOCKLEAK_ALL") else 8
PATHS = sysconfig.get_paths()


def files(directory: Path) -> list[Path]:
    """Return the files below a directory that are checked; the standard library's are without its site-packages."""
    found = sorted(path for path in directory.rglob("*.py") if path.is_file())
    if directory == Path(PATHS["stdlib"]):
        found = [path for path in found if "site-packages" not in path.parts]
    return found[::EVERY]


def parsed(paths: list[Path]) -> Iterator[tuple[Path, str, ast.Module]]:
    for path in paths:
        try:
            with warnings.catch_warnings(), tokenize.open(path) as file:
                warnings.simplefilter("ignore")
                source = file.read()
                tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # some of Lib/test are broken on purpose
        yield path, source, tree


@pytest.mark.parametrize("gate", ["gate", "no-gate"])
@pytest.mark.parametrize("name", ["stdlib", "purelib"])
def test_every_file_passes_through(name: str, gate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the gate open, files that have nothing to do with mocks are followed as well."""
    if gate == "no-gate":
        monkeypatch.setattr(triggers, "may_replace", lambda text, path: True)
    count = 0
    for path, source, tree in parsed(files(Path(PATHS[name]))):
        length = len(source.splitlines(keepends=True))
        for line, column, text in check_tree(tree, path, source):
            assert 1 <= line <= length and column >= 0 and text.startswith("MLK") and "\n" not in text, (path, line)
        count += 1
    assert count > 50
