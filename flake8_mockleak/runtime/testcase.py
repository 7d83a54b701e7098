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
    _mockleak_dangling: ClassVar[list[str]] = []

    @classmethod
    def setUpClass(cls) -> None:
        """Note which mocks are in place already."""
        super().setUpClass()
        cls._mockleak_known = {(place, id(value)) for place, value in _search.mocks()}
        cls._mockleak_dangling = []
        _recording.open()

    @classmethod
    def tearDownClass(cls) -> None:
        """Raise ``DanglingMocks`` if the class left any."""
        try:
            super().tearDownClass()
        finally:
            cls._mockleak_look()
            _recording.close()
        if cls._mockleak_dangling:
            found, cls._mockleak_dangling = cls._mockleak_dangling, []
            raise DanglingMocks("\n".join(found))

    @classmethod
    def _mockleak_look(cls) -> None:
        for place, value in _search.mocks():
            if (place, id(value)) not in cls._mockleak_known:
                cls._mockleak_known.add((place, id(value)))
                cls._mockleak_dangling.append(_message(place, _recording.find(value)))

    def setUp(self) -> None:
        """Skip the test if a mock dangles and the class is to fail fast."""
        super().setUp()
        if self.mockleak_fail_fast:
            type(self)._mockleak_look()
            if self._mockleak_dangling:
                self.skipTest(f"a test before this one left a mock: {self._mockleak_dangling[0]}")

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
