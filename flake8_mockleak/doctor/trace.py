"""Follows the base classes of a class the way the linter does, and tells each step."""

from __future__ import annotations

import ast
import glob
import os
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from flake8_mockleak.model.beyond import MAX_BYTES, MAX_FILES, MAX_HOPS, Beyond
from flake8_mockleak.model.files import MAX_FILE_BYTES, stamp_of
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ClassSource, ModuleSource
from flake8_mockleak.model.values import UNKNOWN, Class, Shared, Value
from flake8_mockleak.model.wellknown import FRAMEWORKS, STOP_STARTED_PATCHES, UNDO_NOTHING

_UNKNOWN = "UNKNOWN:"
_COMPILED = (".*.so", ".so", ".*.pyd", ".pyd")


@dataclass(slots=True)
class Trace:
    """What was met on the way up from a class: ``lines`` to print, and what may be done about the gaps."""

    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Modules that are in none of the directories."""
    unknown: list[str] = field(default_factory=list)
    """Dotted names of the base classes that the way up ends at, as far as they have one."""

    @property
    def has_gaps(self) -> bool:
        """Whether something was not found or could not be followed."""
        return any(_UNKNOWN in line for line in self.lines)


class Tracer:
    """Tells how the bases of the classes of one file are found."""

    def __init__(self, beyond: Beyond, settings: ModelSettings) -> None:
        self._beyond = beyond
        self._settings = settings

    def trace(self, source: ClassSource) -> Trace:
        """Return the way up from a class of the file."""
        trace = Trace()
        self._bases(source, trace, "  ", set())
        return trace

    def _bases(self, source: ClassSource, trace: Trace, indent: str, seen: set[int]) -> None:
        seen.add(id(source))
        known = source.bases if len(source.bases) == len(source.node.bases) else [UNKNOWN] * len(source.node.bases)
        for index, (node, base) in enumerate(zip(source.node.bases, known)):
            trace.lines.append(f"{indent}{ast.unparse(node)}")
            found = self._base(source, index, base, trace, indent + "  ")
            if found is not None and id(found.source) not in seen:
                self._bases(found.source, trace, indent + "    ", seen)

    def _base(self, source: ClassSource, index: int, base: Value, trace: Trace, indent: str) -> Class | None:
        """Tell what one base is, and return its class if the bases above that matter."""
        if isinstance(base, Class):
            trace.lines.append(f"{indent}a class of the same file, line {base.source.node.lineno}")
            return base
        if isinstance(base, Shared):
            return self._shared(base.path, trace, indent)
        inferred = self._beyond.inferred_base(source, index) if base is UNKNOWN else None
        if inferred is not None:
            trace.lines.append(f"{indent}astroid infers the {_at(inferred)}")
            return inferred
        trace.lines.append(f"{indent}UNKNOWN: this comes down to no single class that can be read")
        return None

    def _shared(self, path: str, trace: Trace, indent: str) -> Class | None:
        for dotted, note in self._way(path, trace):
            if dotted in self._settings.safe_bases:
                trace.lines.append(f"{indent}{dotted}: undoes every started patch, says --mockleak-safe-bases")
                return None
            if dotted in FRAMEWORKS or dotted.startswith("builtins."):
                trace.lines.append(f"{indent}{dotted}: known, belongs to a framework that undoes no patch by itself")
                return None
            if note:
                trace.lines.append(f"{indent}{dotted}: {note}")
        found = self._beyond.resolve(path)
        if isinstance(found, Class):
            return found
        names = {path, self._beyond.canonical(path)}
        if not STOP_STARTED_PATCHES.isdisjoint(names):
            trace.lines.append(f"{indent}{path}: known to undo every started patch, though it cannot be read")
        elif not UNDO_NOTHING.isdisjoint(names):
            trace.lines.append(f"{indent}{path}: known to undo no patch, though it cannot be read")
        else:
            trace.unknown.append(path)
        return None

    def _way(self, path: str, trace: Trace) -> Iterator[tuple[str, str]]:
        """Yield the names that a dotted path leads over, with what was found there."""
        seen = set()
        for _ in range(MAX_HOPS):
            seen.add(path)
            yield path, ""  # a name that is known needs no file
            note, following = self._hop(path, trace)
            yield path, note
            if following is None:
                return
            if following in seen:
                yield following, "UNKNOWN: the imports go round in a circle"
                return
            path = following
        yield path, f"UNKNOWN: not followed any further: more than {MAX_HOPS} re-exports"

    def _hop(self, path: str, trace: Trace) -> tuple[str, str | None]:
        """Return what is found under a dotted path, and the path that it leads on to."""
        parts = path.split(".")
        for split in range(len(parts) - 1, 0, -1):
            dotted = ".".join(parts[:split])
            file = self._beyond.find(dotted)
            if file is None:
                continue
            module = self._beyond.load(file)
            if module is None:
                return f"UNKNOWN: found in {file}, which cannot be used: {why_not(file)}", None
            return self._member(module, path, parts[split:])
        dotted = ".".join(parts[:-1]) or path
        compiled = self._compiled(dotted)
        if compiled is not None:
            return f"UNKNOWN: {compiled} is compiled and cannot be read", None
        trace.missing.append(dotted)
        return f"UNKNOWN: there is no module {dotted} in the directories below", None

    def _member(self, module: ModuleSource, path: str, names: list[str]) -> tuple[str, str | None]:
        name, rest = names[0], names[1:]
        value = module.frame.names.get(name)
        if isinstance(value, Shared):
            following = ".".join([value.path, *rest])
            return f"{module.path} imports it as {following}", following
        if value is None:
            for star in module.star_imports:
                following = ".".join([star, *names])
                if self._beyond.resolve(following) is not None:
                    return f"{module.path} imports everything from {star}", following
            stars = f", nor is it in what it imports everything from: {', '.join(module.star_imports)}"
            return f"UNKNOWN: {module.path} has no {name}{stars if module.star_imports else ''}", None
        found = self._beyond.resolve(path)
        if isinstance(found, Class):
            inferred = "" if isinstance(value, Class) else "astroid infers "
            return f"{inferred}the {_at(found)}" if inferred else _at(found), None
        return f"UNKNOWN: {'.'.join(names)} of {module.path} comes down to no single class that can be read", None

    def _compiled(self, dotted: str) -> str | None:
        for root in self._beyond.roots:
            base = glob.escape(os.path.join(root, *dotted.split(".")))
            for ending in _COMPILED:
                for found in glob.iglob(base + ending):
                    return found
        return None


def why_not(file: str) -> str:
    """Return why a file that is there was not read."""
    if stamp_of(file) is None:
        return f"it is no regular file of at most {MAX_FILE_BYTES:,} bytes"
    try:
        with tokenize.open(file) as opened, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(opened.read())
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        return str(error)
    return f"more than {MAX_FILES} files, or {MAX_BYTES:,} characters, would have to be read"


def _at(found: Class) -> str:
    return f"class in {found.source.module.path}, line {found.source.node.lineno}"
