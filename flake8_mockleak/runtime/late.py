"""Imports the modules of the detector that only a finding or a report needs, when it is needed.

A test may have left the import system in any state by then: ``builtins.__import__`` a mock, entries of ``sys.modules``
mocks or gone, a finder that raises. So they are imported as at the start of the session.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder

from flake8_mockleak.runtime import statics

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PACKAGE = __name__.rpartition(".")[0]
_OWN = _PACKAGE.partition(".")[0]
_NAMES = ("__import__", "open", "compile", "exec")
_space = vars(builtins)
_BUILTINS = {name: _space[name] for name in _NAMES}
_USED = ("ast", "collections", "dataclasses", "enum", "functools", "importlib", "io", "json", "os", "re", "typing")
"""What the late modules import of the standard library."""
_import_module = importlib.import_module
_loaded: dict[str, Any] = {}
_own: dict[str, Any] = {}


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
    return found


class Calm:
    """The import system as it was at the start, for as long as the block lasts; what tests made of it comes back.

    The standard library imports within functions too, so what is done for a finding is done in such a block.
    """

    def __enter__(self) -> None:
        """Put things as they were."""
        modules = statics.MODULES
        self._hidden = {
            each: modules.pop(each) for each in _USED if each in modules and not statics.is_module(modules[each])
        }
        self._builtins = {each: _space[each] for each in _NAMES if each in _space}
        self._finders, self._bound = sys.meta_path, statics.member(sys, "modules")
        _space.update(_BUILTINS)
        sys.meta_path = [BuiltinImporter, FrozenImporter, PathFinder]
        sys.modules = modules

    def __exit__(self, *exc_info: object) -> None:
        """Put them back."""
        _space.update(self._builtins)
        sys.meta_path = self._finders
        sys.modules = self._bound  # type: ignore[assignment]
        statics.MODULES.update(self._hidden)


def remember() -> None:
    """Keep the modules of the detector that are loaded, for a test may take them out of ``sys.modules``."""
    for name, value in list(statics.MODULES.items()):
        if type(name) is str and name.startswith(_OWN) and statics.is_module(value):
            _own[name] = value
