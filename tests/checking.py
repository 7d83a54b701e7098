"""The checker without flake8 around it, as a language server holds it: one process, many files."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

from flake8_mockleak.plugin import Checker

Finding = tuple[int, int, str]


def check(path: Path, buffer: str | None = None) -> list[Finding]:
    """Return line, column and text of the findings of a file, or of the buffer that stands for it."""
    source = path.read_text(encoding="utf-8") if buffer is None else buffer
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as invalid escapes in the checked file
        tree = ast.parse(source)
    return check_tree(tree, path, source)


def check_tree(tree: ast.Module, path: Path, source: str) -> list[Finding]:
    """Return the findings of a tree that is there already."""
    checker = Checker(tree, str(path), source.splitlines(keepends=True))
    return [(line, column, text) for line, column, text, _ in checker.run()]


def codes(findings: list[Finding]) -> list[str]:
    """Return the codes of findings."""
    return [text.split()[0] for _, _, text in findings]
