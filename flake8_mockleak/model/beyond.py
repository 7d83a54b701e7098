"""What only another file can tell. One door, lazy, cached, bounded; silent where it cannot know.

Other files are found on the disk and parsed, never imported or run.
"""

from __future__ import annotations

import ast
import os
import stat
import sys
import tokenize
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flake8_mockleak.model.source import MAX_PARENTS, ClassSource, ModuleSource
from flake8_mockleak.model.values import UNKNOWN, Class, Shared, Value

MAX_FILE_BYTES = 2_000_000
"""Larger files are not read."""

MAX_FILES = 300
"""Other files read for one linted file; beyond that, nothing more is known."""

MAX_HOPS = 12
"""Re-exports followed for one name."""

_MAX_KEPT = 64
_PROJECT_MARKS = ("pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "pytest.ini", ".git", ".hg")


@dataclass(slots=True)
class _Parsed:
    """A file as it was when it was read; ``stamp`` is its modification time (nanoseconds) and size (bytes)."""

    stamp: tuple[int, int]
    tree: ast.Module
    lines: list[str]


_parsed: OrderedDict[str, _Parsed] = OrderedDict()


class Beyond:
    """The other files of the linted one's project and environment.

    ``execute`` runs the module level of a file that was parsed; it is handed in, for the executor asks this class in
    turn. The linted file itself is ``module``: its buffer stands for what is on the disk.
    """

    def __init__(self, module: ModuleSource, execute: Callable[[ModuleSource], None]) -> None:
        self._execute = execute
        path = os.path.abspath(module.path)
        self._modules: dict[str, ModuleSource | None] = {path: module}
        self._path = path
        self.roots = tuple(_roots(path))
        self._resolved: dict[str, Value | None] = {}

    def read_files(self) -> dict[str, tuple[int, int] | None]:
        """Return the files read so far with their stamps."""
        return {path: stamp_of(path) for path in self._modules if path != self._path}

    # Files

    def find(self, dotted: str) -> str | None:
        """Return the file of a module, or ``None``."""
        parts = dotted.split(".")
        if not all(part.isidentifier() for part in parts):
            return None
        for root in self.roots:
            base = os.path.join(root, *parts)
            for candidate in (os.path.join(base, "__init__.py"), base + ".py"):
                if os.path.isfile(candidate):
                    return candidate
        return None

    def load(self, path: str) -> ModuleSource | None:
        """Return a parsed file with its module level run, or ``None`` if it cannot be read."""
        if path in self._modules:
            return self._modules[path]
        if len(self._modules) >= MAX_FILES:
            return None
        self._modules[path] = None  # while it is being loaded: an import cycle ends here
        module = _parse(path)
        if module is not None:
            self._modules[path] = module
            self._execute(module)
        return module

    # Names

    def resolve(self, dotted: str) -> Value | None:
        """Return what a dotted path stands for; ``None`` if that is not to be found out.

        The result is a class or function of another file, a mock, or whatever else its module level makes of it.
        """
        if dotted not in self._resolved:
            self._resolved[dotted] = self._resolve(dotted, MAX_HOPS)
        return self._resolved[dotted]

    def _resolve(self, dotted: str, hops: int) -> Value | None:
        if hops == 0:
            return None
        parts = dotted.split(".")
        for split in range(len(parts) - 1, 0, -1):
            path = self.find(".".join(parts[:split]))
            if path is None:
                continue
            module = self.load(path)
            return self._member(module, parts[split:], hops) if module is not None else None
        return None

    def _member(self, module: ModuleSource, names: list[str], hops: int) -> Value | None:
        value = module.frame.names.get(names[0])
        if value is None:
            for star in module.star_imports:
                found = self._resolve(".".join([star, *names]), hops - 1)
                if found is not None:
                    return found
            return None
        rest = names[1:]
        if isinstance(value, Shared):
            return self._resolve(".".join([value.path, *rest]), hops - 1) or Shared(".".join([value.path, *rest]))
        for name in rest:
            value = value.source.attributes.get(name, UNKNOWN) if isinstance(value, Class) else UNKNOWN
        return value

    # Classes

    def base_class(self, base: Value) -> Class | None:
        """Return the class of another file that a base names, where its body can be read."""
        if isinstance(base, Shared):
            found = self.resolve(base.path)
            return found if isinstance(found, Class) else None
        return None

    def canonical(self, path: str) -> str:
        """Return the path that a name was first defined by, through the re-exports on the way."""
        found = self.resolve(path)
        if isinstance(found, Shared):
            return found.path
        if isinstance(found, Class):
            return f"{found.source.module.name}.{found.source.name}"
        return path

    # conftest.py

    def conftests(self) -> Iterator[ModuleSource]:
        """Yield the ``conftest.py`` files that pytest reads for the linted file, nearest first."""
        directory = os.path.dirname(self._path)
        for _ in range(MAX_PARENTS):
            candidate = os.path.join(directory, "conftest.py")
            if candidate != self._path and os.path.isfile(candidate):
                module = self.load(candidate)
                if module is not None:
                    yield module
            parent = os.path.dirname(directory)
            if parent == directory or any(os.path.exists(os.path.join(directory, mark)) for mark in _PROJECT_MARKS):
                return
            directory = parent


def link(source: ClassSource, beyond: Beyond, known: Callable[[Value], bool]) -> bool:
    """Put the bases that stand in other files in the place of their names, all the way up.

    Returns whether every base is known, either by its body or because ``known`` says so.
    """
    complete = True
    seen: set[int] = set()
    pending = [source]
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        for index, base in enumerate(current.bases):
            if not isinstance(base, Class) and not known(base):
                found = beyond.base_class(base)
                if found is None:
                    complete = False
                    continue
                current.bases[index] = base = found
            if isinstance(base, Class):
                pending.append(base.source)
    return complete


def _roots(path: str) -> Iterator[str]:
    """Yield the directories that imports of the file start from: the project's own first."""
    directory = os.path.dirname(path)
    for _ in range(MAX_PARENTS):
        if not os.path.isfile(os.path.join(directory, "__init__.py")):
            break
        directory = os.path.dirname(directory)
    yield directory
    current = os.getcwd()
    for root in (current, os.path.join(current, "src")):
        if root != directory:
            yield root
    for _ in range(MAX_PARENTS):
        parent = os.path.dirname(directory)
        if parent == directory:
            break
        if any(os.path.exists(os.path.join(directory, mark)) for mark in _PROJECT_MARKS):
            yield os.path.join(directory, "src")
            break
        directory = parent
        yield directory
    for entry in sys.path:
        if entry and os.path.isdir(entry):
            yield entry


def stamp_of(path: str) -> tuple[int, int] | None:
    """Return the modification time and size of a regular file of bearable size."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
        return None
    return status.st_mtime_ns, status.st_size


def _parse(path: str) -> ModuleSource | None:
    stamp = stamp_of(path)
    if stamp is None:
        return None
    parsed = _parsed.get(path)
    if parsed is None or parsed.stamp != stamp:
        read = _read(path, stamp)
        if read is None:
            return None
        _parsed[path] = parsed = read
        if len(_parsed) > _MAX_KEPT:
            _parsed.popitem(last=False)
    return ModuleSource(parsed.tree, parsed.lines, path)


def _read(path: str, stamp: tuple[int, int]) -> _Parsed | None:
    try:
        with tokenize.open(path) as file:
            lines = file.readlines()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse("".join(lines))
    except (OSError, SyntaxError, ValueError, UnicodeError, RecursionError, MemoryError):
        return None
    return _Parsed(stamp, tree, lines)
