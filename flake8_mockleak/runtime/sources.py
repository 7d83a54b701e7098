"""Reads from the text of a test module which shared places it replaces by hand, and in which lines.

A search of the text, not a parse: it has to cost next to nothing. What it misses the scan of the modules finds, and
what it finds too much is looked at and found unchanged.
"""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

_open = io.open

_IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w., \t]+)", re.MULTILINE)
_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^[ \t]*(?:if [^\n#]*?: |[\w.]+ = )?([A-Za-z_]\w*\.[\w.]+)[ \t]*=(?!=)", re.MULTILINE)
_SEVERAL = re.compile(r"^[ \t]*((?:[\w.]+[ \t]*,[ \t]*)+[\w.]+)[ \t]*=(?!=)", re.MULTILINE)
_SETATTR = re.compile(r"""\bsetattr\(\s*([A-Za-z_][\w.]*)\s*,\s*['"](\w+)['"]""")
_ITEM = re.compile(
    r"^[ \t]*([A-Za-z_][\w.]*?)(?:\[[^\]\n]+\][ \t]*=(?!=)|\.(?:append|add|insert|update|setdefault|extend)\()",
    re.MULTILINE,
)


class Assignment(NamedTuple):
    """A place as a dotted name that begins with a module, and the line from 1 that replaces it."""

    place: str
    line: int


@dataclass
class Source:
    """What a file may replace: attributes, and items of containers."""

    attributes: list[Assignment] = field(default_factory=list)
    containers: list[Assignment] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)
    modules: bool = False

    def line_of(self, place: str, first: int = 0, last: int = 0) -> int | None:
        """Return the line that replaces a place: one between the two lines if there is one, the first otherwise."""
        root = place.partition("[")[0]
        lines = [found.line for found in (*self.attributes, *self.containers) if found.place in (place, root)]
        return next((line for line in lines if first <= line <= last), lines[0] if lines else None)


@lru_cache(maxsize=256)
def lines_of(path: str) -> tuple[str, ...]:
    """Return the lines of a file; none if it cannot be read."""
    return tuple(_text(path).splitlines())


def _text(path: str) -> str:
    try:
        with _open(path, "rb") as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
            file.seek(0)
            return file.read().decode(encoding, "replace")
    except (OSError, SyntaxError, ValueError, LookupError):
        return ""


def read(path: str) -> Source:
    """Return what the file at a path may replace by hand."""
    return parse(_text(path))


def parse(text: str) -> Source:
    """Return what a module of this text may replace by hand."""
    source = Source(imports=_imports(text), modules="sys.modules" in text)
    if not source.imports:
        return source
    for match in _ASSIGNMENT.finditer(text):
        _add(source.attributes, source.imports, match[1], text, match.start(1))
    for match in _SEVERAL.finditer(text):
        for name in match[1].split(","):
            _add(source.attributes, source.imports, name.strip(), text, match.start(1))
    if "setattr(" in text:
        for match in _SETATTR.finditer(text):
            _add(source.attributes, source.imports, f"{match[1]}.{match[2]}", text, match.start(1))
    for match in _ITEM.finditer(text):
        _add(source.containers, source.imports, match[1], text, match.start(1))
    return source


def _add(found: list[Assignment], imports: dict[str, str], dotted: str, text: str, position: int) -> None:
    head, dot, rest = dotted.partition(".")
    if head in imports:
        found.append(Assignment(f"{imports[head]}{dot}{rest}", text.count("\n", 0, position) + 1))


def _imports(text: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for match in _IMPORT.finditer(text):
        for part in match[1].split(","):
            module, _, alias = part.strip().partition(" as ")
            if alias.strip():
                names[alias.strip()] = module.strip()
            elif module:
                names[module.partition(".")[0]] = module.partition(".")[0]
    for match in _FROM.finditer(text):
        if match[1].startswith("."):
            continue
        for part in match[2].strip("()").replace("\n", " ").split(","):
            name, _, alias = part.strip().partition(" as ")
            if name.strip().isidentifier():
                names[alias.strip() or name.strip()] = f"{match[1]}.{name.strip()}"
    return names
