"""Reads from the text of a test module which shared places it replaces by hand.

A search of the text, not a parse: it is done for every file and has to cost next to nothing. What it misses the scan
of the modules finds, and what it finds too much is looked at and found unchanged.
"""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass, field
from functools import lru_cache

_open = io.open

# Each begins with a newline rather than with ``^``: for a literal the search skips ahead, for ``^`` it tries
# everywhere.
_IMPORT = re.compile(r"\n[ \t]*import[ \t]+([\w., \t]+)")
_FROM = re.compile(r"\n[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)")
_NAME = r"[A-Za-z_]\w*(?:\.\w+)*"
# The rest of a line up to its first ``=``, unless a call comes first; and the second target of ``x = a.b = 1``.
_ASSIGNMENT = re.compile(r"\n([^\n=(]*)=(?!=)")
_SECOND = re.compile(rf"[=:] ({_NAME}) =(?!=)")
_SETATTR = re.compile(r"""setattr\(\s*([A-Za-z_][\w.]*)\s*,\s*['"](\w+)['"]""")
_FILL = re.compile(r"\.(?:append|add|insert|update|setdefault|extend)\(")
_BEFORE = re.compile(rf"{_NAME}$")


@dataclass
class Source:
    """What a file may replace, by dotted names that begin with a module: attributes, and items of containers."""

    attributes: dict[str, None] = field(default_factory=dict)
    containers: dict[str, None] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    modules: bool = False


@lru_cache(maxsize=256)
def text_of(path: str) -> str:
    """Return the text of a file; an empty one if it cannot be read."""
    try:
        with _open(path, "rb") as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
            file.seek(0)
            return file.read().decode(encoding, "replace")
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
    source = Source(imports=_imports(text), modules="sys.modules" in text)
    imports, attributes, containers = source.imports, source.attributes, source.containers
    if not imports:
        return source
    for target in _ASSIGNMENT.findall(text):
        for each in target.split(",") if "," in target else (target,):
            name, bracket, _ = each.strip().partition("[")
            _add(containers if bracket else attributes, imports, name)
    for name in _SECOND.findall(text):
        _add(attributes, imports, name)
    for match in _SETATTR.finditer(text):
        _add(attributes, imports, f"{match[1]}.{match[2]}")
    for match in _FILL.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 200), match.start())
        if before:
            _add(containers, imports, before[0])
    return source


def _add(found: dict[str, None], imports: dict[str, str], dotted: str) -> None:
    head, dot, rest = dotted.partition(".")
    if head in imports and (dot or "." in imports[head]) and dotted.replace(".", "").isidentifier():
        found[f"{imports[head]}{dot}{rest}"] = None


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
