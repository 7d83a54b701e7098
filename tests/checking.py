"""The checker without flake8 around it, as a language server holds it: one process, many files."""

from __future__ import annotations

import ast
import logging
import warnings
from pathlib import Path

from flake8_mockleak.model.files import forget_what_stands_where
from flake8_mockleak.plugin import Checker

Finding = tuple[int, int, str]


class _Raising(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """Raise the exception that the checker has met: it would log it and go on."""
        assert record.exc_info is not None and record.exc_info[1] is not None
        raise record.exc_info[1]


logging.getLogger("flake8_mockleak.plugin").addHandler(_Raising())


def check(path: Path, buffer: str | None = None) -> list[Finding]:
    """Return line, column and text of the findings of a file, or of the buffer that stands for it."""
    source = path.read_text(encoding="utf-8") if buffer is None else buffer
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as invalid escapes in the checked file
        tree = ast.parse(source)
    return check_tree(tree, path, source)


def check_tree(tree: ast.Module, path: Path, source: str) -> list[Finding]:
    """Return the findings of a tree that is there already; other files are looked at anew, as in each run."""
    forget_what_stands_where()
    checker = Checker(tree, str(path), source.splitlines(keepends=True))
    return [(line, column, text) for line, column, text, _ in checker.run()]


def codes(findings: list[Finding]) -> list[str]:
    """Return the codes of findings."""
    return [text.split()[0] for _, _, text in findings]
