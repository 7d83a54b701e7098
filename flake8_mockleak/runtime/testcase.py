"""A mixin for test classes that check, when they are torn down, that no shared place still holds a mock."""

from __future__ import annotations

import importlib
import unittest
from collections.abc import MutableMapping
from typing import Any, ClassVar
from unittest import mock

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.dangling import Search
from flake8_mockleak.runtime.ledger import Acquisition
from flake8_mockleak.runtime.recording import Recording

_recording = Recording()
_search = Search()


class DanglingMocks(AssertionError):
    """A test class left mocks in loaded modules; the message names each place, and the line that put it there."""


class DanglingMockTestCase(unittest.TestCase):
    """Checks at the tear-down of each class that no member of a loaded module, or of its classes, is still a mock.

    A mock that was there before the class, or that an earlier class was told of, is not reported. Put it before
    ``unittest.TestCase`` or ``testtools.TestCase``, and call ``super()`` from its methods.
    """

    mockleak_fail_fast: ClassVar[bool] = False
    """Look after each test as well, and skip the rest of the class once a mock dangles."""

    mockleak_conf: ClassVar[object] = None
    """What ``patch_conf_property`` changes: an object, a mapping, or a string ``'package.module:name'``."""

    _mockleak_known: ClassVar[set[tuple[str, int]]] = set()
    _mockleak_wide: ClassVar[set[tuple[str, int]] | None] = None
    _mockleak_dangling: ClassVar[list[str]] = []

    @classmethod
    def setUpClass(cls) -> None:
        """Note which mocks are in place already."""
        cls._mockleak_known = _mocks_now()
        cls._mockleak_wide = None
        cls._mockleak_dangling = []
        _recording.open()
        cls.addClassCleanup(cls._mockleak_end)  # the first to be added, the last to run
        super().setUpClass()

    @classmethod
    def tearDownClass(cls) -> None:
        """Raise ``DanglingMocks`` if the class left any, or a ``TypeError`` if ``setUpClass`` was not called.

        Where there are class cleanups, this is left to the last of them.
        """
        super().tearDownClass()
        if "_mockleak_known" not in vars(cls):
            raise TypeError(f"{cls.__qualname__}.setUpClass must call super().setUpClass()")
        if len(getattr(cls, "_class_cleanups", ())) <= 1:
            cls._mockleak_check()  # here as well, for pytest before 8.2 tells of no error in a class cleanup

    @classmethod
    def _mockleak_end(cls) -> None:
        try:
            cls._mockleak_check()
        finally:
            _recording.close()

    @classmethod
    def _mockleak_check(cls) -> None:
        cls._mockleak_wide = None
        cls._mockleak_look()
        if cls._mockleak_dangling:
            found, cls._mockleak_dangling = cls._mockleak_dangling, []
            raise DanglingMocks("\n".join(found))

    @classmethod
    def _mockleak_look(cls) -> None:
        for place, value in _search.mocks():
            key = (place, id(value))
            if key not in cls._mockleak_known and key not in (cls._mockleak_wide or ()):
                cls._mockleak_known.add(key)
                cls._mockleak_dangling.append(_message(place, _recording.find(value)))

    def setUp(self) -> None:
        """Skip the test if a mock dangles and the class is to fail fast."""
        super().setUp()
        if self.mockleak_fail_fast:
            type(self)._mockleak_look_before_test()
            if self._mockleak_dangling:
                self.skipTest(f"a test before this one left a mock: {self._mockleak_dangling[0]}")

    @classmethod
    def _mockleak_look_before_test(cls) -> None:
        if cls._mockleak_wide is None:
            cls._mockleak_wide = _mocks_now()  # what the set-up of the class put there may stay until its end
        cls._mockleak_look()

    def patch_conf_property(self, name: str, value: Any, section: str | None = None) -> Any:
        """Set an option of the configuration until the end of the test, and return the value.

        ``section`` names a group of oslo.config, an attribute of an object or an item of a mapping. Raises
        ``ValueError`` if the class names no configuration, ``AttributeError`` or
        ``KeyError`` if it has no such section.
        """
        conf = _configuration(type(self))
        if _has(conf, "set_override") and _has(conf, "clear_override"):
            self._mockleak_override(conf, name, value, section)
            return value
        if section is not None:
            conf = conf[section] if isinstance(conf, MutableMapping) else getattr(conf, section)
        patcher: Any
        if isinstance(conf, MutableMapping):
            patcher = mock.patch.dict(conf, {name: value})
        else:
            patcher = mock.patch.object(conf, name, value)
        patcher.start()
        self.addCleanup(patcher.stop)
        return value

    def _mockleak_override(self, conf: Any, name: str, value: Any, section: str | None) -> None:
        overrides = self.__dict__.setdefault("_mockleak_overrides", {})
        key = (name, section)
        before = overrides.get(key, statics.MISSING)
        conf.set_override(name, value, group=section)
        overrides[key] = value

        def restore() -> None:
            overrides[key] = before
            if before is statics.MISSING:
                conf.clear_override(name, group=section)
            else:
                conf.set_override(name, before, group=section)

        self.addCleanup(restore)


def _mocks_now() -> set[tuple[str, int]]:
    return {(place, id(value)) for place, value in _search.mocks()}


def _message(place: str, acquisition: Acquisition | None) -> str:
    text = f"{place!r} is still a mock"
    if acquisition is None:
        return f"{text}; it was put there by hand"
    site = acquisition.site
    where = f"{site.path}:{site.line} in {site.function}" if site is not None else "an unknown line"
    return f"{text}; the patch was started at {where} and is not stopped"


def _has(conf: object, name: str) -> bool:
    return any(name in vars(base) for base in type(conf).__mro__)


def _configuration(cls: type[DanglingMockTestCase]) -> Any:
    conf = cls.mockleak_conf
    if conf is None:
        raise ValueError(
            f"{cls.__qualname__}.mockleak_conf is not set: name an object, a mapping or 'package.module:name'"
        )
    if not isinstance(conf, str):
        return conf
    module_name, colon, path = conf.partition(":")
    if not colon or not path:
        raise ValueError(f"{cls.__qualname__}.mockleak_conf: {conf!r} is not of the form 'package.module:name'")
    found: Any = importlib.import_module(module_name)
    for name in path.split("."):
        found = getattr(found, name)
    return found
