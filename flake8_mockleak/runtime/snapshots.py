"""Finds what was replaced by hand: compares what shared namespaces hold with what they held, by identity.

Two ways. A *watch* looks after each test at the places that the text of its file assigns to: a few look-ups. A *scan*
looks at every member of every module and of its classes; it costs milliseconds, so the session rations it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from operator import is_
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, MethodType, WrapperDescriptorType
from typing import Any, NamedTuple

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.frames import LIBRARIES
from flake8_mockleak.runtime.ledger import Kind
from flake8_mockleak.runtime.sources import Source

_IGNORED_MODULES = ("_pytest", "pytest", "pluggy", "xdist", "execnet", "flake8_mockleak", "unittest.mock", "mock.mock")
_IGNORED_NAMES = frozenset({"__builtins__", "__warningregistry__", "__cached__", "__doc__", "__dict__", "__weakref__"})
# Of the runner's own doing, and of what it captures.
_IGNORED_PLACES = frozenset(
    {"warnings.showwarning", "warnings._showwarnmsg_impl", "sys.stdout", "sys.stderr", "sys.stdin"}
)
_MAX_ITEMS = 2000
_environ: Any = os.environ
_VOLATILE = frozenset({"PYTEST_CURRENT_TEST", "PYTEST_VERSION", "COLUMNS", "LINES"})


class Change(NamedTuple):
    """A place that holds something else than before. ``owner`` is the object whose member or item it is."""

    kind: Kind
    place: str
    owner: object
    name: object
    before: object
    after: object


class Judge:
    """Decides whether what a place holds now is a replacement. ``is_test_file`` tells the files of the tests."""

    def __init__(self, is_test_file: Callable[[str], bool]) -> None:
        self._is_test_file = is_test_file

    def kind(self, before: object, after: object) -> Kind | None:
        """Return the kind of a replacement; None for a change that is none."""
        if statics.mock_in(after) is not None:
            return Kind.ATTRIBUTE
        if before is statics.MISSING or not (_is_code(before) or statics.is_class(before)):
            return None
        return Kind.FUNCTION if self.from_test(after) else None

    def from_test(self, value: object) -> bool:
        """Tell whether a value is a function or a class that a test file defines, or an instance of one."""
        function: Any = value
        if type(value) is MethodType:
            function = value.__func__
        if type(function) is FunctionType:
            return self._is_test_file(function.__code__.co_filename)
        cls = value if statics.is_class(value) else type(value)
        module = statics.MODULES.get(statics.module_of(cls))
        path = statics.member(module, "__file__") if module is not None else None
        return type(path) is str and self._is_test_file(path)


_CODE = (
    FunctionType,
    BuiltinFunctionType,
    MethodType,
    MethodDescriptorType,
    WrapperDescriptorType,
    staticmethod,
    classmethod,
    property,
)


def _is_code(value: object) -> bool:
    cls = type(value)
    return any(cls is each for each in _CODE)


class _Namespace:
    """A namespace, live, and what it held when it was last looked at."""

    __slots__ = ("name", "owner", "live", "values", "names")

    def __init__(self, name: str, owner: object, live: Any) -> None:
        self.name, self.owner, self.live = name, owner, live
        self.refresh()

    def refresh(self) -> None:
        while True:
            try:
                names, values = tuple(self.live), tuple(self.live.values())
            except RuntimeError:
                continue  # a thread adds a name just now
            if len(names) == len(values):
                self.names, self.values = names, values
                return

    def unchanged(self) -> bool:
        values = self.values
        try:
            return len(self.live) == len(values) and all(map(is_, self.live.values(), values))
        except RuntimeError:
            return False

    def changes(self) -> Iterator[tuple[str, object, object]]:
        """Yield the name, what it was bound to and what it is bound to now, and take the latter for known."""
        before = dict(zip(self.names, self.values))
        self.refresh()
        for name, after in zip(self.names, self.values):
            was = before.get(name, statics.MISSING)
            if was is not after and type(name) is str:
                yield name, was, after


class Scan:
    """The modules that tests can have changed, and their classes: those of the project and those that tests import."""

    def __init__(self, judge: Judge, root: str) -> None:
        self._judge = judge
        self._root = root
        self._imported: set[str] = set()
        self._loaded = 0
        self._spaces: dict[int, _Namespace] = {}
        self._modules: dict[int, object] = {}

    def imports(self, names: Iterable[str]) -> None:
        """Take in the modules that a test file imports; a name may be that of a member of one."""
        for name in names:
            self._imported.add(name)
            self._imported.add(name.rpartition(".")[0])

    def _matters(self, name: str, module: object) -> bool:
        if name.startswith(_IGNORED_MODULES):
            return False
        if name in self._imported:
            return True
        path = statics.member(module, "__file__")
        return type(path) is str and path.startswith(self._root) and not path.startswith(LIBRARIES)

    def take(self) -> None:
        """Note what the modules hold that are not known yet."""
        self._loaded = len(statics.MODULES)
        for name, module in statics.modules():
            if id(module) in self._modules or not self._matters(name, module):
                continue
            self._modules[id(module)] = module
            space = statics.members(module)
            self._spaces[id(module)] = _Namespace(name, module, space)
            self._take_classes(name, list(space.items()))  # type: ignore[union-attr]

    def _take_classes(self, module: str, members: list[tuple[str, object]]) -> None:
        for name, value in members:
            if id(value) not in self._spaces and statics.is_writable_class(value):
                if statics.module_of(value) == module and not statics.is_mock_type(value):  # type: ignore[arg-type]
                    self._spaces[id(value)] = _Namespace(f"{module}.{name}", value, statics.members(value))

    def knows(self, owner: object) -> bool:
        """Whether the members of an object are known from before."""
        return id(owner) in self._spaces

    def before(self, owner: object, name: str) -> object:
        """Return what a member was bound to when its owner was last looked at."""
        space = self._spaces[id(owner)]
        try:
            return space.values[space.names.index(name)]
        except ValueError:
            return statics.MISSING

    def changes(self) -> list[Change]:
        """Return what was replaced since the last time."""
        found: list[Change] = []
        for space in list(self._spaces.values()):
            if space.unchanged():
                continue
            for name, before, after in space.changes():
                place = f"{space.name}.{name}"
                if name in _IGNORED_NAMES or place in _IGNORED_PLACES:
                    continue
                kind = self._judge.kind(before, after)
                if kind is not None:
                    found.append(Change(kind, place, space.owner, name, before, after))
        if len(statics.MODULES) != self._loaded:
            self._forget()
            self.take()
        return found

    def _forget(self) -> None:
        """Let go of modules that are gone from ``sys.modules``."""
        loaded = {id(module) for module in list(statics.MODULES.values())}
        for gone in self._modules.keys() - loaded:
            del self._modules[gone]
            self._spaces.pop(gone, None)


class _Attribute(NamedTuple):
    place: str
    owner: object
    name: str
    known: list[object]


class _Container(NamedTuple):
    place: str
    container: Any
    known: list[tuple[object, ...]]


class Watch:
    """The places that one file assigns to by hand."""

    def __init__(self, source: Source, scan: Scan, judge: Judge) -> None:
        self._judge = judge
        self._scan = scan
        self._attributes: list[_Attribute] = []
        self._containers: list[_Container] = []
        self._waiting = {found.place: True for found in source.attributes}
        self._waiting.update({found.place: False for found in source.containers})
        self.resolve()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self._attributes or self._containers or self._waiting)

    def resolve(self) -> None:
        """Find the objects behind the names, as far as their modules are loaded by now."""
        for place in list(self._waiting):
            is_attribute = self._waiting[place]
            if not is_attribute:
                found = _reach(place)
                if found is statics.MISSING:
                    continue
                if found is not statics.MODULES and found is not _environ and _items(found) is not None:
                    self._containers.append(_Container(place, found, [_items(found)]))  # type: ignore[list-item]
                del self._waiting[place]
                continue
            root, _, name = place.rpartition(".")
            owner = _reach(root)
            if owner is statics.MISSING:
                continue
            del self._waiting[place]
            if statics.members(owner) is None or statics.is_mock_type(type(owner)):
                continue
            if place in _IGNORED_PLACES or place.startswith(_IGNORED_MODULES):
                continue
            if statics.is_class(owner) and statics.is_mock_type(owner):  # type: ignore[arg-type]
                continue  # the classes of mock are looked at by name
            known = self._scan.before(owner, name) if self._scan.knows(owner) else statics.member(owner, name)
            if not self._scan.knows(owner) and statics.mock_in(known) is not None:
                known = statics.MISSING  # first seen when it was replaced already
            self._attributes.append(_Attribute(place, owner, name, [known]))

    def forget_items(self) -> None:
        """Take the items that the containers hold now for known: tests of other files may have left them."""
        for _, container, items in self._containers:
            items[0] = _items(container) or ()

    def changes(self) -> Iterator[Change]:
        """Yield what was replaced since the last time."""
        if self._waiting:
            self.resolve()
        for place, owner, name, known in self._attributes:
            after = statics.member(owner, name)
            if after is known[0]:
                continue
            before, known[0] = known[0], after
            kind = self._judge.kind(before, after)
            if kind is None and _is_code(before) and _is_code(after):
                kind = Kind.RESTORED_OTHERWISE
            if kind is not None:
                yield Change(kind, _named(owner, name, place), owner, name, before, after)
        for place, container, items in self._containers:
            now = _items(container)
            if now is None or (len(now) == len(items[0]) and all(map(is_, now, items[0]))):
                continue
            old = {id(item) for item in items[0]}
            items[0] = now
            for item in now:
                if id(item) not in old and (statics.mock_in(item) is not None or self._judge.from_test(item)):
                    yield Change(Kind.ITEM, f"{place}[{_key_of(container, item)}]", container, id(item), None, item)


def _named(owner: object, name: str, place: str) -> str:
    """Return a place by the name of its owner rather than by the path that it was reached on."""
    if statics.is_module(owner):
        return f"{statics.name_of_module(owner)}.{name}"
    if statics.is_class(owner):
        return f"{statics.module_of(owner)}.{statics.qualified_name(owner)}.{name}"
    return place


def _reach(dotted: str) -> object:
    """Return the object of a dotted name, or ``MISSING``. Nothing is imported and no code of it runs."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        value: object = statics.MODULES.get(".".join(parts[:length]), statics.MISSING)
        if value is statics.MISSING:
            continue
        for name in parts[length:]:
            value = statics.member(value, name)
            if value is statics.MISSING:
                break
        return value
    return statics.MISSING


def _items(container: object) -> tuple[object, ...] | None:
    """Return the items of a plain container; None for anything else and for a very large one."""
    cls = type(container)
    if issubclass(cls, dict):
        if len(container) > _MAX_ITEMS and cls is dict:  # type: ignore[arg-type]
            return None
        return tuple(dict.values(container))  # type: ignore[arg-type]
    if (cls is list or cls is set) and len(container) <= _MAX_ITEMS:  # type: ignore[arg-type]
        return tuple(container)  # type: ignore[arg-type]
    return None


def holds(container: object, item: object) -> bool:
    """Tell whether a container holds an object, by identity."""
    return any(held is item for held in _items(container) or ())


def _key_of(container: object, item: object) -> str:
    if issubclass(type(container), dict):
        items: dict[object, object] = dict.copy(container)  # type: ignore[arg-type]
        for key, value in items.items():
            if value is item and (type(key) is str or type(key) is int):
                return str(key)
    return "?"


class Modules:
    """The entries of ``sys.modules``."""

    def __init__(self) -> None:
        self._space = _Namespace("sys.modules", statics.MODULES, statics.MODULES)

    def changes(self, hand_made: Callable[[object, object], bool], thoroughly: bool = True) -> list[Change]:
        """Return the entries that are mocks, or a module made by hand, since the last time.

        Unless ``thoroughly``, a change is taken to change how many there are.
        """
        if len(statics.MODULES) == len(self._space.values) if not thoroughly else self._space.unchanged():
            return []
        return [
            Change(Kind.MODULE_ENTRY, f"sys.modules[{name}]", statics.MODULES, name, before, after)
            for name, before, after in self._space.changes()
            if statics.mock_in(after) is not None or hand_made(before, after)
        ]


class MockClasses:
    """The attributes of the mock libraries' own classes. What is set on one adds a name to it."""

    def __init__(self) -> None:
        self._spaces: list[_Namespace] = []
        self._lives: list[Any] = []
        self._lengths: list[int] = []

    def take(self, libraries: list[Any]) -> None:
        """Note what the classes of the libraries have."""
        self._spaces = [
            _Namespace(f"{library.__name__}.{name}", value, statics.members(value))
            for library in libraries
            for name, value in list(vars(library).items())
            if statics.is_writable_class(value) and issubclass(value, library.Base)
        ]
        self._lives = [space.live for space in self._spaces]
        self._lengths = list(map(len, self._lives))

    def changes(self) -> list[Change]:
        """Return the attributes that were set since the last time."""
        if list(map(len, self._lives)) == self._lengths:
            return []
        self._lengths = list(map(len, self._lives))
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
        self._space = _Namespace("os.environ", self._data, self._data)

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
            name = os.fsdecode(key) if type(key) is str or type(key) is bytes else "?"
            if name in _VOLATILE or was is now or (type(was) is type(now) and was == now):
                continue
            found.append(Change(Kind.CONFIGURATION, f"os.environ[{name}]", self._data, key, was, now))
        return found
