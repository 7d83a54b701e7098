"""Where the files of modules are, and which of them are read."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable
from functools import lru_cache

MAX_FILE_BYTES = 2_000_000
"""Larger files are not read."""

MAX_PARENTS = 24
"""Directories looked at above a file."""

TAKEN_TO_STAY = 1.0
"""Seconds for which the system is not asked again what stands at a path: nearly all files of a run ask for the same."""

PROJECT_MARKS = ("pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "pytest.ini", ".git", ".hg")
"""What the directory of a project has."""


_seen: dict[str, os.stat_result | None] = {}
_seen_since = 0.0


def forget_what_stands_where() -> None:
    """Ask the system anew, for what has changed meanwhile."""
    _seen.clear()


def _look_at(path: str) -> os.stat_result | None:
    """Return what the system tells of a path, ``None`` where nothing is."""
    global _seen_since
    now = time.monotonic()
    if now - _seen_since > TAKEN_TO_STAY:
        _seen.clear()
        _seen_since = now
    if path not in _seen:
        try:
            _seen[path] = os.stat(path)
        except (OSError, ValueError):
            _seen[path] = None
    return _seen[path]


def is_file(path: str) -> bool:
    """Whether a regular file is there."""
    status = _look_at(path)
    return status is not None and stat.S_ISREG(status.st_mode)


def has_project_mark(directory: str) -> bool:
    """Whether a directory is that of a project."""
    return any(_look_at(os.path.join(directory, mark)) is not None for mark in PROJECT_MARKS)


@lru_cache(maxsize=1024)
def project_roots(directory: str, current: str) -> tuple[str, ...]:
    """Return the directories of the project that imports of a file in that directory may start from.

    ``current`` is the one that flake8 was started from.
    """
    directory, _ = _packages(directory)
    roots = [directory, *(root for root in (current, os.path.join(current, "src")) if root != directory)]
    for _ in range(MAX_PARENTS):
        parent = os.path.dirname(directory)
        if parent == directory:
            break
        if has_project_mark(directory):
            roots.append(os.path.join(directory, "src"))
            break
        directory = parent
        roots.append(directory)
    return tuple(roots)


@lru_cache(maxsize=16)
def environment_roots(entries: tuple[str, ...]) -> tuple[str, ...]:
    """Return the directories among the entries of ``sys.path``."""
    return tuple(entry for entry in entries if entry and os.path.isdir(entry))


def find_module(dotted: str, roots: Iterable[str]) -> str | None:
    """Return the file of a module in the first of the directories that has it, or ``None``."""
    parts = dotted.split(".")
    if not all(part.isidentifier() for part in parts):
        return None
    below = os.sep.join(parts)
    for root in roots:
        base = root + below if root.endswith(os.sep) else f"{root}{os.sep}{below}"  # `join` takes ten times as long
        for candidate in (f"{base}{os.sep}__init__.py", f"{base}.py"):
            if is_file(candidate):
                return candidate
    return None


def module_name(path: str) -> str:
    """Return the dotted name: the directories above the file up to the first that is no package, and the file's own."""
    directory, file_name = os.path.split(os.path.abspath(path))
    own = [] if file_name == "__init__.py" else [file_name.removesuffix(".py")]
    return ".".join([*_packages(directory)[1], *own])


def _packages(directory: str) -> tuple[str, list[str]]:
    """Return the directory above the packages that a directory is in, and their names."""
    parts: list[str] = []
    for _ in range(MAX_PARENTS):
        if not is_file(os.path.join(directory, "__init__.py")):
            break
        directory, last = os.path.split(directory)
        parts.insert(0, last)
    return directory, parts


def absolute(imported: str, module: str, path: str) -> str:
    """Return the path that an import means in the file of a module."""
    dots = len(imported) - len(imported.lstrip("."))
    if not dots:
        return imported
    package = module.split(".") if path.endswith("__init__.py") else module.split(".")[:-1]
    return ".".join([*package[: len(package) - dots + 1], *filter(None, [imported[dots:]])])


def stamp_of(path: str) -> tuple[int, int] | None:
    """Return the modification time and size of a regular file of bearable size."""
    status = _look_at(path)
    if status is None or not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
        return None
    return status.st_mtime_ns, status.st_size
