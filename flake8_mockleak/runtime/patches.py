"""Instruments ``unittest.mock`` and ``mock``, so that the ledger learns of every patch, and puts them back."""

from __future__ import annotations

import functools
import importlib.util
import sys
import unittest.mock
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Any

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.frames import who
from flake8_mockleak.runtime.ledger import Ledger

_RECORD = "_mockleak_acquisition"
_BACKPORT = "mock.mock"
_getframe = sys._getframe


def mock_libraries() -> list[Any]:
    """Return ``unittest.mock``, and the module that implements ``mock`` if that has been imported."""
    backport = statics.MODULES.get(_BACKPORT)
    return [unittest.mock, backport] if _is_mock_library(backport) else [unittest.mock]


def _is_mock_library(module: object) -> bool:
    return statics.is_module(module) and statics.is_class(statics.member(module, "_patch"))


class _WhenImported:
    """A finder that finds nothing itself: it has a function called once ``mock`` has been imported."""

    def __init__(self, call: Callable[[ModuleType], None]) -> None:
        self._call = call
        self._busy = False

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return the spec of ``mock.mock`` that the other finders give, with a loader that calls the function."""
        if name != _BACKPORT or self._busy:
            return None
        self._busy = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._busy = False
        if spec is None or spec.loader is None:
            return None
        load, call = spec.loader.exec_module, self._call

        def exec_module(module: ModuleType) -> None:
            load(module)
            call(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


class Instrumentation:
    """The instrumented mock libraries. What goes wrong in the ledger is counted and never reaches the test."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.failures = 0
        self.first_failure = ""
        self._undo: list[Callable[[], None]] = []

    @property
    def installed(self) -> bool:
        """Whether the libraries are instrumented now."""
        return bool(self._undo)

    def install(self) -> None:
        """Instrument the libraries; a second call does nothing."""
        if self._undo:
            return
        for library in mock_libraries():
            self._instrument(library)
        if _BACKPORT not in statics.MODULES:
            finder = _WhenImported(self._instrument)
            sys.meta_path.insert(0, finder)
            self._undo.append(lambda: sys.meta_path.remove(finder) if finder in sys.meta_path else None)

    def _instrument(self, library: Any) -> None:
        if _is_mock_library(library):
            statics.know_mock_base(library.NonCallableMock)
            default = library.DEFAULT
            self._replace(library._patch, "__enter__", self._enter(library._patch.__enter__, default))
            self._replace(library._patch, "__exit__", self._exit(library._patch.__exit__))
            self._replace(library._patch_dict, "_patch_dict", self._enter_dict(library._patch_dict._patch_dict))
            self._replace(library._patch_dict, "_unpatch_dict", self._exit_dict(library._patch_dict._unpatch_dict))

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

    def _keep(self, values: dict[str, Any], made: Any) -> None:
        """Keep the record of an acquisition on its patcher, whose attributes are ``values``."""
        earlier = values.get(_RECORD)
        if earlier is not None and earlier.released is None:
            self.ledger.restarted(earlier, made)
        values[_RECORD] = made

    def _release(self, patcher: Any) -> None:
        """Release what is recorded on a patcher."""
        record = patcher.__dict__.pop(_RECORD, None)
        if record is not None:
            self.ledger.release(record)

    def _enter(self, enter: Callable[..., Any], default: object) -> Callable[..., Any]:
        ledger = self.ledger

        def __enter__(patcher: Any) -> Any:
            result = enter(patcher)
            try:
                values = patcher.__dict__
                name = values["attribute"]
                new = values["new"]
                if new is default:
                    new = result[name] if patcher.attribute_name is not None else result
                site, phase = _where(_getframe(1))
                made = ledger.attribute(values["target"], name, values["temp_original"], new, site, phase)
                self._keep(values, made)
            except Exception as error:
                self.failed(error)
            return result

        return __enter__

    def _exit(self, exit_: Callable[..., Any]) -> Callable[..., Any]:
        def __exit__(patcher: Any, *exc_info: Any) -> Any:
            result = exit_(patcher, *exc_info)
            try:
                self._release(patcher)
            except Exception as error:
                self.failed(error)
            return result

        return __exit__

    def _enter_dict(self, enter: Callable[..., Any]) -> Callable[..., Any]:
        ledger = self.ledger

        def _patch_dict(patcher: Any) -> Any:
            spelling = patcher.in_dict if type(patcher.in_dict) is str else patcher.__dict__.get("_mockleak_spelling")
            result = enter(patcher)
            try:
                values = patcher.__dict__
                if spelling is not None:
                    values["_mockleak_spelling"] = spelling
                site, phase = _where(_getframe(1))
                made = ledger.items(values["in_dict"], spelling, values["values"], site, phase)
                self._keep(values, made)
            except Exception as error:
                self.failed(error)
            return result

        return _patch_dict

    def _exit_dict(self, exit_: Callable[..., Any]) -> Callable[..., Any]:
        def _unpatch_dict(patcher: Any) -> Any:
            result = exit_(patcher)
            try:
                self._release(patcher)
            except Exception as error:
                self.failed(error)
            return result

        return _unpatch_dict


def _where(frame: FrameType) -> tuple[Any, tuple[str | None, str]]:
    site, phase, phase_frame = who(frame)
    if phase is None or phase_frame is None:
        return site, (None, "")
    owner = phase_frame.f_globals.get("__name__")
    module = owner if type(owner) is str else ""
    if not phase.endswith("Class"):
        return site, (phase, module)
    cls = phase_frame.f_locals.get(phase_frame.f_code.co_varnames[0]) if phase_frame.f_code.co_argcount else None
    return site, (phase, class_id(cls) if cls is not None and statics.is_class(cls) else "")


def class_id(cls: type) -> str:
    """Return the id that a test class goes by: its module and qualified name."""
    return f"{statics.module_of(cls)}.{statics.qualified_name(cls)}"
