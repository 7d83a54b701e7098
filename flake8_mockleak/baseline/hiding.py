"""Takes out of a file's findings what a baseline holds, and tells which of its entries are out of date."""

from __future__ import annotations

import ast
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from flake8.violation import Violation

from flake8_mockleak.baseline import STALE
from flake8_mockleak.baseline.entries import Entries, Entry, load, path_in
from flake8_mockleak.baseline.outline import Outline
from flake8_mockleak.findings import Finding

_SHOWN = 60


class Hiding:
    """A baseline in use. ``unwanted`` are the codes that are not looked for: of them no entry is out of date."""

    def __init__(self, path: str, unwanted: Collection[str], disable_noqa: bool) -> None:
        """Read the baseline; raises :class:`~flake8_mockleak.baseline.entries.BaselineError` if that cannot be done."""
        self._directory = os.path.dirname(os.path.abspath(path))
        self._unwanted = unwanted
        self._disable_noqa = disable_noqa
        self._by_path: dict[str, Entries] = {}
        for entry, count in load(path).items():
            self._by_path.setdefault(entry.path, Counter())[entry] = count

    def left(self, findings: Iterable[Finding], tree: ast.Module, lines: Sequence[str], filename: str) -> list[Finding]:
        """Return the findings that the baseline does not hold, and one for each of its entries that is out of date."""
        path = path_in(self._directory, filename)
        entries = self._by_path.get(path)
        if entries is None:
            return list(findings)
        outline = Outline(tree, lines)
        unused = entries.copy()
        left = []
        for finding in findings:
            entry = Entry(path, finding.code, outline.scope_at(finding.line), outline.source_at(finding.line))
            if unused[entry] and not self._is_silenced(finding, filename, outline):
                unused[entry] -= 1
            else:
                left.append(finding)
        return sorted([*left, *self._stale(unused, entries)])

    def _is_silenced(self, finding: Finding, filename: str, outline: Outline) -> bool:
        """Whether flake8 will drop a finding for its ``# noqa``; such a one never entered the baseline."""
        text = outline.text_at(finding.line)
        violation = Violation(finding.code, filename, finding.line, finding.column, finding.message, text)
        return bool(violation.is_inline_ignored(self._disable_noqa))

    def _stale(self, unused: Entries, entries: Entries) -> Iterator[Finding]:
        for entry, count in unused.items():
            if count and entry.code not in self._unwanted:
                yield Finding(1, 0, STALE, f"baseline entry is out of date: {gone(entry, count, entries[entry])}")


def gone(entry: Entry, missing: int, expected: int) -> str:
    """Return in words what an entry that is out of date says: which finding is there no more."""
    number = "" if expected == 1 else f"{missing} of {expected} "
    place = f" in {entry.scope}" if entry.scope else ""
    source = entry.source if len(entry.source) <= _SHOWN else f"{entry.source[:_SHOWN]}…"
    return f"{number}{entry.code}{place} is found no more: {source}"
