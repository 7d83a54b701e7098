"""Runs flake8, as the project has configured it, and gathers what a baseline is made from."""

from __future__ import annotations

import ast
import os
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence

from flake8.exceptions import ExecutionError
from flake8.formatting.base import BaseFormatter
from flake8.main.application import Application
from flake8.options.config import load_config
from flake8.violation import Violation

from flake8_mockleak.baseline import STALE
from flake8_mockleak.baseline.entries import BaselineError, Entries, Entry, path_in
from flake8_mockleak.baseline.outline import Outline
from flake8_mockleak.options import BASELINE_OPTION

_UNREADABLE = "E9"
"""flake8's own codes for files that are missing or cannot be parsed."""


class _Collector(BaseFormatter):  # type: ignore[misc]  # flake8 has no types
    """Keeps what flake8 would print, and prints nothing."""

    def after_init(self) -> None:
        """Start with nothing, and without the file that the configuration may name."""
        self.filename = None
        self.violations: list[Violation] = []

    def handle(self, error: Violation) -> None:
        """Keep what is reported."""
        self.violations.append(error)

    def _write(self, output: str) -> None:
        """Drop what other options have flake8 print at the end."""


class _Collecting(Application):  # type: ignore[misc]
    """flake8 with the collector in the place of whatever format is configured."""

    def make_formatter(self) -> None:
        """Take the collector."""
        self.formatter = _Collector(self.options)


def collect(paths: Sequence[str], directory: str, config: str | None = None) -> Entries:
    """Return what flake8 finds in files and directories, as entries of a baseline in a directory.

    It is what flake8 reports when no baseline is given: what is ignored, excluded or silenced by ``# noqa`` is not in it.
    Raises :class:`BaselineError` on a path that does not exist and on a file that cannot be parsed.
    """
    arguments = [f"--{BASELINE_OPTION.replace('_', '-')}="]
    if config is not None:
        arguments.append(f"--config={config}")
    by_file: dict[str, list[Violation]] = {}
    for violation in _run([*arguments, "--", *paths]):
        if violation.code.startswith("MLK") and violation.code != STALE:
            by_file.setdefault(violation.filename, []).append(violation)
    entries: Entries = Counter()
    for filename, violations in by_file.items():
        entries.update(_entries(filename, path_in(directory, filename), violations))
    return entries


def configured_path(config: str | None = None) -> str | None:
    """Return the path of the baseline that flake8's configuration names, or ``None``."""
    try:
        parser, directory = load_config(config, [])
    except ExecutionError as error:
        raise BaselineError(str(error)) from None
    section = parser["flake8"] if "flake8" in parser else {}
    path = section.get(BASELINE_OPTION) or section.get(BASELINE_OPTION.replace("_", "-"))
    return os.path.abspath(os.path.join(directory, path)) if path else None


def _run(arguments: Sequence[str]) -> list[Violation]:
    application = _Collecting()
    try:
        application.initialize(arguments)
        application.run_checks()
        application.report()
    except ExecutionError as error:
        raise BaselineError(str(error)) from None
    except SystemExit as error:
        # The configuration has a bad value; a number says that the message is out already.
        if isinstance(error.code, str):
            raise BaselineError(error.code) from None
        raise
    if application.catastrophic_failure:
        raise BaselineError("flake8 failed; its message stands above")
    # Whether or not their codes are selected.
    for filename, results, _ in application.file_checker_manager.results:
        for code, line, _, text, _ in results:
            if code.startswith(_UNREADABLE):
                raise BaselineError(f"{filename}:{line}: this cannot be checked: {code} {text}")
    violations: list[Violation] = application.formatter.violations
    return violations


def _entries(filename: str, path: str, violations: Iterable[Violation]) -> Iterable[Entry]:
    with tokenize.open(filename) as file:
        lines = file.readlines()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as invalid escapes in the checked file
        outline = Outline(ast.parse("".join(lines)), lines)
    for each in violations:
        yield Entry(path, each.code, outline.scope_at(each.line_number), outline.source_at(each.line_number))
