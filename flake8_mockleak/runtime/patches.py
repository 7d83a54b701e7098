"""Instruments ``unittest.mock`` and ``mock``, so that the ledger learns of every patch, and puts them back."""

from __future__ import annotations

import functools
import itertools
import sys
from collections.abc import Callable
from types import ModuleType

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.ledger import Acquisition, Ledger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SPELLING = "_mockleak_spelling"
_serial = itertools.count()
_LIBRARIES = ("unittest.mock", "mock.mock")
_getframe = sys._getframe


def _is_mock_library(module: object) -> bool:
    return statics.is_module(module) and statics.is_class(statics.member(module, "_patch"))


class _WhenImported:
    """A finder that finds nothing itself: it has a function called once a mock library has been imported."""

    def __init__(self, call: Callable[[ModuleType], None]) -> None:
        self._call = call
        self._busy = False

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return the spec of a mock library that the other finders give, with a loader that calls the function."""
        if name not in _LIBRARIES or self._busy:
            return None
        self._busy = True
        try:
            spec = _find(name, path, target)
        finally:
            self._busy = False
        if spec is None or spec.loader is None:
            return None
        load, call = spec.loader.exec_module, self._call

        def exec_module(module: ModuleType) -> None:
            load(module)
            call(module)

        spec.loader.exec_module = exec_module
        return spec


def _find(name: str, path: Any, target: Any) -> Any:
    for finder in list(sys.meta_path):
        find = getattr(finder, "find_spec", None)
        spec = find(name, path, target) if find is not None else None
        if spec is not None:
            return spec
    return None


class Instrumentation:
    """The instrumented mock libraries. What goes wrong in the ledger is counted and never reaches the test."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        # Several ledgers may be open, each with a record of its own on every patcher.
        self._record = f"_mockleak_acquisition_{next(_serial)}"
        self.failures = 0
        self.first_failure = ""
        self.on_library: Callable[[Any], None] | None = None
        self.libraries: list[Any] = []
        self._undo: list[Callable[[], None]] = []

    def install(self) -> None:
        """Instrument the libraries, now or when they are imported; a second call does nothing."""
        if self._undo:
            return
        finder = _WhenImported(self._imported)
        sys.meta_path.insert(0, finder)
        self._undo.append(lambda: sys.meta_path.remove(finder) if finder in sys.meta_path else None)
        for name in _LIBRARIES:
            self._instrument(statics.MODULES.get(name))

    def _imported(self, library: Any) -> None:
        try:
            self._instrument(library)
        except Exception as error:
            self.failed(error)

    def _instrument(self, library: Any) -> None:
        if not _is_mock_library(library):
            return
        statics.know_mock_base(library.NonCallableMock)
        default = library.DEFAULT
        self._replace(library._patch, "__enter__", self._enter(library._patch.__enter__, default))
        self._replace(library._patch, "__exit__", self._exit(library._patch.__exit__))
        self._replace(library._patch_dict, "_patch_dict", self._enter_dict(library._patch_dict._patch_dict))
        self._replace(library._patch_dict, "_unpatch_dict", self._exit_dict(library._patch_dict._unpatch_dict))
        self.libraries.append(library)
        if self.on_library is not None:
            self.on_library(library)

    def uninstall(self) -> None:
        """Put the libraries back as they were."""
        while self._undo:
            self._undo.pop()()

    def _replace(self, cls: type, name: str, function: Callable[..., Any]) -> None:
        original = cls.__dict__[name]
        functools.update_wrapper(function, original)
        setattr(cls, name, function)
        self._undo.append(lambda: setattr(cls, name, original))

    def failed(self, error: BaseException) -> None:
        """Count an error of the detector's own."""
        self.failures += 1
        if not self.first_failure:
            self.first_failure = f"{type(error).__name__} in the ledger"

    def _started_again(self, earlier: Acquisition, made: Acquisition) -> None:
        """Note that a patcher was started that was in force, once it has been."""
        if earlier.released is None:
            self.ledger.restarted(earlier, made)

    def _enter(self, enter: Callable[..., Any], default: object) -> Callable[..., Any]:
        patched, record = self.ledger.patched, self._record

        def __enter__(patcher: Any) -> Any:
            earlier = getattr(patcher, record, None)
            result = enter(patcher)
            try:
                name = patcher.attribute
                new = patcher.new
                if new is default:
                    new = result if patcher.attribute_name is None else result[name]
                made = patched(patcher.target, name, None, patcher.temp_original, new, _getframe(1))
                setattr(patcher, record, made)
                if earlier is not None:
                    self._started_again(earlier, made)
            except Exception as error:
                self.failed(error)
            return result

        return __enter__

    def _exit(self, exit_: Callable[..., Any]) -> Callable[..., Any]:
        release, record = self.ledger.release, self._record

        def __exit__(patcher: Any, *exc_info: Any) -> Any:
            result = exit_(patcher, *exc_info)
            try:
                made = getattr(patcher, record, None)
                if made is not None:
                    delattr(patcher, record)
                    release(made)
            except Exception as error:
                self.failed(error)
            return result

        return __exit__

    def _enter_dict(self, enter: Callable[..., Any]) -> Callable[..., Any]:
        patched, record = self.ledger.patched, self._record

        def _patch_dict(patcher: Any) -> Any:
            earlier = getattr(patcher, record, None)
            mapping = patcher.in_dict
            spelling = mapping if type(mapping) is str else getattr(patcher, _SPELLING, None)
            result = enter(patcher)
            try:
                if spelling is not None:
                    setattr(patcher, _SPELLING, spelling)
                made = patched(patcher.in_dict, spelling, patcher.values, None, None, _getframe(1))
                setattr(patcher, record, made)
                if earlier is not None:
                    self._started_again(earlier, made)
            except Exception as error:
                self.failed(error)
            return result

        return _patch_dict

    def _exit_dict(self, exit_: Callable[..., Any]) -> Callable[..., Any]:
        release, record = self.ledger.release, self._record

        def _unpatch_dict(patcher: Any) -> Any:
            result = exit_(patcher)
            try:
                made = getattr(patcher, record, None)
                if made is not None:
                    delattr(patcher, record)
                    release(made)
            except Exception as error:
                self.failed(error)
            return result

        return _unpatch_dict
