"""Imports the modules of the detector that only a finding or a report needs, when it is needed.

A test may have left the process in any state by then: ``builtins.__import__`` a mock, entries of ``sys.modules``
mocks or gone, a finder that raises, ``enum.IntEnum`` a function. So they are imported as at the start of the session.
"""

from __future__ import annotations

import importlib
import sys
from builtins import all, len, map  # as they are now: a test may leave others
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from operator import is_

from flake8_mockleak.runtime import statics

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PACKAGE = __name__.rpartition(".")[0]
_OWN = _PACKAGE.partition(".")[0]
_WITH_CLASSES = ("_frozen_importlib", "_frozen_importlib_external", "json.encoder")
_USED = (
    "builtins", *_WITH_CLASSES, "_io", "ast", "collections", "dataclasses", "enum", "functools", "importlib", "inspect",
    "io", "json", "marshal", "ntpath", "os", "posixpath", "re", "types", "typing",
)  # fmt: skip
"""What imports the late modules, and what they are made with; the built-in functions are put back first."""
_OF_SYS = ("modules", "meta_path", "path_hooks", "path_importer_cache")
_import_module = importlib.import_module
_set_on_class, _delete_on_class = type.__setattr__, type.__delattr__
_hooks, _cache = list(sys.path_hooks), sys.path_importer_cache
_loaded: dict[str, Any] = {}
_own: dict[str, Any] = {}
_used: dict[str, Any] = {}
_spaces: list[_Space] = []


def module(name: str) -> Any:
    """Return a module of this package."""
    found = _loaded.get(name)
    if found is None:
        found = _loaded[name] = _load(f"{_PACKAGE}.{name}")
    return found


def _load(name: str) -> Any:
    for own, known in _own.items():
        statics.MODULES.setdefault(own, known)
    with Calm():
        found = _import_module(name)
        remember()
        keep()
    return found


class _Space:
    """A module or a class, and its members as they were."""

    def __init__(self, owner: Any) -> None:
        live: Any = statics.members(owner)
        self._live = live
        self._known: dict[str, Any] = live.copy()
        self._values = tuple(self._known.values())
        self._class = owner if statics.is_class(owner) else None

    def put_back(self) -> list[tuple[_Space, str, Any]]:
        """Put the members back. Returns those that were others."""
        live, values = self._live, self._values
        if len(live) == len(values) and all(map(is_, live.values(), values)):
            return []
        found = []
        # A name that a class has got hides what it inherits; one that a module has got hides nothing.
        known = self._known if self._class is None else {**live, **self._known}
        for name in known:
            now, value = live.get(name, statics.MISSING), self._known.get(name, statics.MISSING)
            if now is not value:
                found += [(self, name, now)]
                self.put(name, value)
        return found

    def put(self, name: str, value: Any) -> None:
        """Bind a member, or none for ``MISSING``."""
        if self._class is None:
            _put(self._live, name, value)
        elif value is statics.MISSING:
            _delete_on_class(self._class, name)
        else:
            _set_on_class(self._class, name, value)


def _put(space: dict[str, Any], name: str, value: Any) -> None:
    if value is statics.MISSING:
        space.pop(name, None)
    else:
        space[name] = value


class Calm:
    """The process as it was at the start, as far as imports, lines and reports need it, for as long as the block lasts.

    What tests made of it comes back at the end. The standard library imports within functions too, so what is done for
    a finding is done in such a block. Whether a mock is in place is not asked in one: there it may not be. One within
    another does nothing.
    """

    _depth = 0

    def __enter__(self) -> None:
        """Put things as they were."""
        Calm._depth += 1
        if Calm._depth > 1:
            return
        self._members: list[tuple[_Space, str, Any]] = []
        for space in _spaces:
            self._members += space.put_back()
        self._entries = []
        modules = statics.MODULES
        for name in _USED:
            entry = modules.get(name, statics.MISSING)
            wanted = _used.get(name, entry if statics.is_module(entry) else statics.MISSING)
            if entry is not wanted:
                self._entries.append((name, entry))
                _put(modules, name, wanted)
        self._of_sys = [(name, statics.member(sys, name)) for name in _OF_SYS]
        sys.modules, sys.meta_path = modules, [BuiltinImporter, FrozenImporter, PathFinder]
        sys.path_hooks, sys.path_importer_cache = _hooks, _cache

    def __exit__(self, *exc_info: object) -> None:
        """Put them back."""
        Calm._depth -= 1
        if Calm._depth:
            return
        for name, value in self._of_sys:
            setattr(sys, name, value)
        for name, value in self._entries:
            _put(statics.MODULES, name, value)
        for space, name, value in self._members:
            space.put(name, value)


def remember() -> None:
    """Keep the modules of the detector that are loaded, for a test may take them out of ``sys.modules``."""
    for name, value in list(statics.MODULES.items()):
        if type(name) is str and name.startswith(_OWN) and statics.is_module(value):
            _own[name] = value


def keep() -> None:
    """Keep what the detector uses of the standard library and what that holds, as far as it is loaded by now."""
    for name in _USED:
        value = statics.MODULES.get(name)
        if name not in _used and statics.is_module(value):
            _used[name] = value
            kept = [value]
            if name in _WITH_CLASSES:
                kept += [each for each in vars(value).values() if statics.is_writable_class(each)]
            _spaces.extend(map(_Space, kept))
