"""The flake8 extension."""

from __future__ import annotations

import argparse
import ast
import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from flake8.options.manager import OptionManager

from flake8_mockleak import __version__
from flake8_mockleak.findings import Finding
from flake8_mockleak.model.files import forget_what_stands_where
from flake8_mockleak.options import Settings, add_options, parse_options
from flake8_mockleak.rules import rules_without

_LOG = logging.getLogger(__name__)


class Checker:
    """Checks one file. flake8 makes an instance a file and runs it."""

    name = "flake8-mockleak"
    version = __version__
    settings: ClassVar[Settings] = Settings()

    def __init__(self, tree: ast.Module, filename: str, lines: list[str]) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Declare the options of the linter to flake8."""
        add_options(manager)

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Take over what the user set; a bad value ends flake8 with a message."""
        forget_what_stands_where()  # an editor's server may run flake8 again in the same process
        _leave_out_of_collections()
        try:
            cls.settings = parse_options(options)
        except argparse.ArgumentTypeError as error:
            raise SystemExit(f"flake8-mockleak: error: {error}") from None

    def run(self) -> Iterator[tuple[int, int, str, type[Checker]]]:
        """Yield the findings of the file as flake8 takes them: line (from 1), column (from 0), text, class."""
        from flake8_mockleak.model.triggers import may_replace

        findings: list[Finding] = []
        text = "".join(self._lines)
        if may_replace(text, self._filename):
            try:
                with _without_collections():  # to its end, when all that was made is freed
                    findings = self._findings(text)
            except Exception:  # a bug of ours: it must not end the run, of which the other findings are worth having
                _LOG.exception("flake8-mockleak %s failed on %s and reports nothing there", __version__, self._filename)
        if self.settings.baseline is not None:
            findings = self.settings.baseline.left(findings, self._tree, self._lines, self._filename)
        for finding in findings:
            yield finding.line, self._column(finding), f"{finding.code} {finding.message}", type(self)

    def _findings(self, text: str) -> list[Finding]:
        from flake8_mockleak.model.analysis import analysed
        from flake8_mockleak.model.source import ModuleSource

        module = ModuleSource(self._tree, self._lines, self._filename)
        module.whole_text = text
        with analysed(module, self.settings.model) as facts:
            rules = rules_without(self.settings.unwanted)
            return sorted({finding for rule in rules for finding in rule.check(facts)})

    def _column(self, finding: Finding) -> int:
        """Return the column in characters; :mod:`ast` counts the bytes of the line in UTF-8."""
        if not 0 < finding.line <= len(self._lines):
            return finding.column
        return len(self._lines[finding.line - 1].encode()[: finding.column].decode(errors="replace"))


def _leave_out_of_collections() -> None:
    """Have the garbage collector leave alone what was imported up to now.

    flake8 and its plugins stay until the process ends, and yet each full collection, ten in a run over 50,000 lines,
    walks through all of them: a fortieth of the whole run. Once for a process, and before any file is read.
    """
    if not gc.get_freeze_count():
        gc.freeze()


@contextmanager
def _without_collections() -> Iterator[None]:
    """Put off the garbage collector while one file is analysed.

    The analysis makes many small objects and drops them all at its end; each collection in between would walk
    through the trees that flake8 and the analysis hold, for nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
