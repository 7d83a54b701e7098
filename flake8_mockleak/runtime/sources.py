"""Reads from the text of a test module which shared places it replaces by hand.

A search of the text, not a parse: it is done for every file and has to cost next to nothing. What it misses the scan
of the modules finds, and what it finds too much is looked at and found unchanged.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache

from flake8_mockleak.runtime import late

_open = io.open
_compile = lru_cache(re.compile)  # when a text needs one, for it takes longer than to read a dozen texts

_SETATTR = r"""setattr\(\s*([A-Za-z_][\w.]*)\s*,\s*['"](\w+)['"]"""
_FILLS = (".append(", ".add(", ".insert(", ".update(", ".setdefault(", ".extend(")
_BEFORE = r"[A-Za-z_]\w*(?:\.\w+)*$"


_BOM = b"\xef\xbb\xbf"


class Source:
    """What a file may replace, by dotted names that begin with a module: attributes, and items of containers.

    ``modules`` tells whether it speaks of ``sys.modules``, ``mock_classes`` whether of a class of mocks other than to
    call it. ``imports`` are its names for modules and their members.
    """

    __slots__ = ("attributes", "containers", "imports", "modules", "mock_classes")

    def __init__(self, imports: dict[str, str]) -> None:
        self.attributes: dict[str, None] = {}
        self.containers: dict[str, None] = {}
        self.imports = imports
        self.modules = self.mock_classes = False


@lru_cache(maxsize=256)
def text_of(path: str) -> str:
    """Return the text of a file; an empty one if it cannot be read."""
    try:
        with _open(path, "rb") as file:
            data = file.read()
            if b"coding" not in data[:400] and data[:3] != _BOM:
                return data.decode("utf-8", "replace")
            file.seek(0)
            with late.Calm():
                from tokenize import detect_encoding
            encoding, _ = detect_encoding(file.readline)
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
    source = Source(_imports(text))
    if "Mock" in text:
        source.mock_classes = text.count("Mock") != text.count("Mock(")
    source.modules = "sys.modules" in text
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
        for match in _compile(_SETATTR).finditer(text):
            _add(attributes, imports, f"{match[1]}.{match[2]}")
    for fill in _FILLS:
        at = text.find(fill)
        while at >= 0:
            before = _compile(_BEFORE).search(text, max(0, at - 200), at)
            if before:
                _add(containers, imports, before[0])
            at = text.find(fill, at + 1)
    return source


def _add(found: dict[str, None], imports: dict[str, str], dotted: str) -> None:
    head, dot, rest = dotted.partition(".")
    if head in imports and (dot or "." in imports[head]) and dotted.replace(".", "").isidentifier():
        found[f"{imports[head]}{dot}{rest}"] = None


def _imports(text: str) -> dict[str, str]:
    """Return what the names that a text imports stand for: a module, or a member of one."""
    names: dict[str, str] = {}
    at = text.find("import ")
    while at >= 0:
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        if end < 0:
            end = len(text)
        bracket = text.find("(", at, end)
        names.update(_names(text[begin : end if bracket < 0 else text.find(")", bracket)]))
        at = text.find("import ", end)
    return names


@lru_cache(maxsize=4096)  # the files of a project import much the same
def _names(statement: str) -> dict[str, str]:
    """Return the names that an import statement binds; it ends with its line, or before its closing bracket."""
    names: dict[str, str] = {}
    head, _, rest = f" {statement.lstrip()}".partition(" import ")
    rest = rest.lstrip()
    if rest[:1] == "(":
        listed = "".join(line.partition("#")[0] for line in rest[1:].splitlines())
    else:
        listed = rest.partition("\n")[0].partition("#")[0].partition(";")[0]
    if not head:
        for part in listed.split(","):
            module, _, alias = part.strip().partition(" as ")
            if alias:
                names[alias.strip()] = module.strip()
            elif module:
                first = module.partition(".")[0]
                names[first] = first
    elif head.startswith(" from ") and not head.startswith(" from ."):
        module = head[6:].strip()
        for part in listed.split(","):
            name, _, alias = part.strip().partition(" as ")
            if name.isidentifier():
                names[alias.strip() or name] = f"{module}.{name}"
    return names
