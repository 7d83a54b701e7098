"""Namespaces as they were at the last look: those of ``sys.modules``, of the mock classes and of the environment."""

from __future__ import annotations

import os
from builtins import all, len, map, sum, zip  # as they are now: a test may leave others
from collections.abc import Callable, Iterator
from itertools import chain, compress, repeat
from operator import is_, is_not

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.ledger import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_environ: Any = os.environ
_fsdecode = os.fsdecode
_VOLATILE = frozenset({"PYTEST_CURRENT_TEST", "PYTEST_VERSION", "COLUMNS", "LINES"})


class Change:
    """A place that holds something else than before. ``owner`` is the object whose member or item it is."""

    __slots__ = ("kind", "place", "owner", "name", "before", "after")

    def __init__(self, kind: str, place: str, owner: object, name: object, before: object, after: object) -> None:
        self.kind, self.place, self.owner, self.name = kind, place, owner, name
        self.before, self.after = before, after


class Namespace:
    """A namespace, live, and what it held when it was last looked at."""

    __slots__ = ("name", "owner", "live", "values", "names")

    def __init__(self, name: str, owner: object, live: Any) -> None:
        self.name, self.owner, self.live = name, owner, live
        self.refresh()

    def refresh(self) -> None:
        """Take what it holds now for known."""
        while True:
            try:
                names, values = tuple(self.live), tuple(self.live.values())
            except RuntimeError:
                continue  # a thread adds a name just now
            if len(names) == len(values):
                self.names, self.values = names, values
                return

    def unchanged(self) -> bool:
        """Whether it holds what it held."""
        values = self.values
        try:
            return len(self.live) == len(values) and all(map(is_, self.live.values(), values))
        except RuntimeError:
            return False

    def changes(self) -> Iterator[tuple[str, object, object]]:
        """Yield the name, what it was bound to and what it is bound to now, and take the latter for known.

        What is no string is passed over: it may have a ``__hash__`` and an ``__eq__`` of the user's.
        """
        names, values = self.names, self.values
        self.refresh()
        count = len(names)
        if len(self.names) >= count and all(map(is_, self.names, names)):  # none is gone, and the new ones come last
            others = compress(zip(names, values, self.values), map(is_not, self.values, values))
            added = zip(self.names[count:], repeat(statics.MISSING), self.values[count:])
            yield from [each for each in chain(others, added) if type(each[0]) is str]
            return
        before = {name: was for name, was in zip(names, values) if type(name) is str}
        for name, after in zip(self.names, self.values):
            if type(name) is str:
                was = before.get(name, statics.MISSING)
                if was is not after:
                    yield name, was, after


class Modules:
    """The entries of ``sys.modules``."""

    def __init__(self) -> None:
        self._space = Namespace("sys.modules", statics.MODULES, statics.MODULES)
        self.count = len(self._space.values)
        """How many there were at the last look."""

    def changes(self, hand_made: Callable[[object, object], bool], thoroughly: bool = True) -> list[Change]:
        """Return the entries that are mocks, or a module made by hand, since the last time.

        Unless ``thoroughly``, a change is taken to change how many there are.
        """
        if self._space.unchanged() if thoroughly else len(statics.MODULES) == self.count:
            return []
        changes = [*self._space.changes()]
        self.count = len(self._space.values)
        return [
            Change(Kind.MODULE_ENTRY, f"sys.modules[{name}]", statics.MODULES, name, before, after)
            for name, before, after in changes
            if statics.mock_in(after) is not None or hand_made(before, after)
        ]


class MockClasses:
    """The attributes of the mock libraries' own classes. What is set on one adds a name to it."""

    def __init__(self) -> None:
        self._spaces: list[Namespace] = []
        self._lives: list[Any] = []
        self._length = 0

    def add(self, library: Any) -> None:
        """Take in a mock library, as it is now."""
        self._spaces += [
            Namespace(f"{library.__name__}.{name}", value, statics.members(value))
            for name, value in list(vars(library).items())
            if statics.is_writable_class(value) and issubclass(value, library.Base)
        ]
        self._lives = [space.live for space in self._spaces]
        self._length = sum(map(len, self._lives))

    def changes(self) -> list[Change]:
        """Return the attributes that were set since the last time."""
        length = sum(map(len, self._lives))
        if length == self._length:
            return []
        self._length = length
        return [
            Change(Kind.MOCK_CLASS, f"{space.name}.{name}", space.owner, name, before, after)
            for space in self._spaces
            if not space.unchanged()
            for name, before, after in space.changes()
            if not name.startswith(("__", "_abc_"))
        ]


class Environment:
    """The environment variables."""

    def __init__(self) -> None:
        self._data: dict[Any, Any] = _environ._data
        self._space = Namespace("os.environ", self._data, self._data)

    def changes(self) -> list[Change]:
        """Return the variables that were set, changed or deleted since the last time."""
        if self._space.unchanged():
            return []
        before = dict(zip(self._space.names, self._space.values))
        self._space.refresh()
        after = dict(zip(self._space.names, self._space.values))
        found = []
        for key in {**before, **after}:
            was, now = before.get(key, statics.MISSING), after.get(key, statics.MISSING)
            name = _fsdecode(key) if type(key) is str or type(key) is bytes else "?"
            if name in _VOLATILE or was is now or (type(was) is type(now) and was == now):
                continue
            found.append(Change(Kind.CONFIGURATION, f"os.environ[{name}]", self._data, key, was, now))
        return found
