"""Reads from the text of a test module which shared places it replaces by hand.

A search of the text, not a parse: it is done for every file and has to cost next to nothing. What it misses the scan
of the modules finds, and what it finds too much is looked at and found unchanged.
"""

from __future__ import annotations

import io
import re
import tokenize
from functools import lru_cache

_open = io.open
_detect_encoding = tokenize.detect_encoding

_IMPORT = re.compile(r"\n[ \t]*import[ \t]+([\w., \t]+)")
_FROM = re.compile(r"\n[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)")
_SETATTR = re.compile(r"""setattr\(\s*([A-Za-z_][\w.]*)\s*,\s*['"](\w+)['"]""")
_FILLS = (".append(", ".add(", ".insert(", ".update(", ".setdefault(", ".extend(")
_BEFORE = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*$")


_BOM = b"\xef\xbb\xbf"


class Source:
    """What a file may replace, by dotted names that begin with a module: attributes, and items of containers."""

    __slots__ = ("attributes", "containers", "imports", "modules")

    def __init__(self, imports: dict[str, str], modules: bool) -> None:
        self.attributes: dict[str, None] = {}
        self.containers: dict[str, None] = {}
        self.imports, self.modules = imports, modules


@lru_cache(maxsize=256)
def text_of(path: str) -> str:
    """Return the text of a file; an empty one if it cannot be read."""
    try:
        with _open(path, "rb") as file:
            data = file.read()
            if b"coding" not in data[:400] and data[:3] != _BOM:
                return data.decode("utf-8", "replace")
            file.seek(0)
            encoding, _ = _detect_encoding(file.readline)
            return data.decode(encoding, "replace")
    except (OSError, SyntaxError, ValueError, LookupError):
        return ""


@lru_cache(maxsize=64)
def lines_of(path: str) -> tuple[str, ...]:
    """Return the lines of a file; none if it cannot be read."""
    return tuple(text_of(path).splitlines())


def read(path: str) -> Source:
    """Return what the file at a path may replace by hand."""
    return parse(text_of(path))


def parse(text: str) -> Source:
    """Return what a module of this text may replace by hand."""
    text = "\n" + text
    source = Source(_imports(text), "sys.modules" in text)
    imports, attributes, containers = source.imports, source.attributes, source.containers
    if not imports:
        return source
    # What stands in a line before a ``=``; after a call it is no target.
    for piece in text.split("="):
        line = piece[piece.rfind("\n") + 1 :]
        if "(" in line and ": " in line:
            line = line.rpartition(": ")[2]  # def test_it(self): module.name = …
        if "(" not in line and (line.partition(".")[0].strip() in imports or "," in line or "[" in line):
            for each in line.split(","):
                name, bracket, _ = each.strip().partition("[")
                if name.partition(".")[0] in imports:
                    _add(containers if bracket else attributes, imports, name)
    if "setattr(" in text:
        for match in _SETATTR.finditer(text):
            _add(attributes, imports, f"{match[1]}.{match[2]}")
    for fill in _FILLS:
        at = text.find(fill)
        while at >= 0:
            before = _BEFORE.search(text, max(0, at - 200), at)
            if before:
                _add(containers, imports, before[0])
            at = text.find(fill, at + 1)
    return source


def _add(found: dict[str, None], imports: dict[str, str], dotted: str) -> None:
    head, dot, rest = dotted.partition(".")
    if head in imports and (dot or "." in imports[head]) and dotted.replace(".", "").isidentifier():
        found[f"{imports[head]}{dot}{rest}"] = None


def _imports(text: str) -> dict[str, str]:
    names: dict[str, str] = {}
    end = 0
    at = text.find("import ")
    while at >= 0:
        begin = text.rfind("\n", end, at)
        if begin >= 0:
            match = _IMPORT.match(text, begin)
            if match:
                _import(match, names)
            else:
                match = _FROM.match(text, begin)
                if match and match[1][0] != ".":
                    _from(match, names)
            end = match.end() if match else at
        at = text.find("import ", max(end, at + 1))
    return names


def _import(match: re.Match[str], names: dict[str, str]) -> None:
    for part in match[1].split(","):
        module, _, alias = part.strip().partition(" as ")
        if alias.strip():
            names[alias.strip()] = module.strip()
        elif module:
            names[module.partition(".")[0]] = module.partition(".")[0]


def _from(match: re.Match[str], names: dict[str, str]) -> None:
    for part in match[2].strip("()").replace("\n", " ").split(","):
        name, _, alias = part.strip().partition(" as ")
        if name.strip().isidentifier():
            names[alias.strip() or name.strip()] = f"{match[1]}.{name.strip()}"
