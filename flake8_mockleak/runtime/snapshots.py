"""Finds what was replaced by hand: compares what shared namespaces hold with what they held, by identity.

Two ways. A *watch* looks after each test at the places that the text of its file assigns to: a few look-ups. A *scan*
looks at every member of every module and of its classes; it costs milliseconds, so the session rations it.
"""

from __future__ import annotations

import os
from builtins import all, any, len, map, set, zip  # as they are now: a test may leave others
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import compress, repeat
from operator import is_
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, MethodType, WrapperDescriptorType

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.frames import LIBRARIES
from flake8_mockleak.runtime.ledger import Kind
from flake8_mockleak.runtime.namespaces import Change, Namespace
from flake8_mockleak.runtime.sources import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_IGNORED_MODULES = ("_pytest", "pytest", "pluggy", "xdist", "execnet", "flake8_mockleak", "unittest.mock", "mock.mock")
_IGNORED_NAMES = frozenset({"__builtins__", "__warningregistry__", "__cached__", "__doc__", "__dict__", "__weakref__"})
# Of the runner's own doing, and of what it captures.
_IGNORED_PLACES = frozenset(
    {"warnings.showwarning", "warnings._showwarnmsg_impl", "sys.stdout", "sys.stderr", "sys.stdin"}
)
_MAX_ITEMS = 2000
_environ: Any = os.environ


class Judge:
    """Decides whether what a place holds now is a replacement. ``is_test_file`` tells the files of the tests."""

    def __init__(self, is_test_file: Callable[[str], bool]) -> None:
        self._is_test_file = is_test_file

    def kind(self, owner: object, name: str, before: object, after: object) -> str | None:
        """Return the kind of a replacement; None for a change that is none."""
        if after is statics.MISSING:
            return None
        if before is statics.MISSING:
            before = statics.shadowed(owner, name)
        if statics.mock_in(after) is not None:
            # What tests keep in a class or a module of their own is theirs, unless it takes the place of code.
            kept = self._is_own(owner) and not _is_code(before) and not statics.is_class(before)
            return None if kept else Kind.ATTRIBUTE
        if before is statics.MISSING or not self.from_test(after):
            return None
        replaced = _is_code(before) or statics.is_class(before) or self.from_test(before)
        return Kind.FUNCTION if replaced else None

    def _is_own(self, owner: object) -> bool:
        """Whether a module or a class is of a test file."""
        module = statics.MODULES.get(statics.module_of(owner)) if statics.is_class(owner) else owner
        path = statics.member(module, "__file__") if statics.is_module(module) else None
        return type(path) is str and self._is_test_file(path)

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


def _binds(after: object, before: object, owner: object) -> bool:
    """Whether it is the class method that was there before, as one gets it from the class: it does the same."""
    if type(after) is not MethodType or type(before) is not classmethod:
        return False
    return after.__func__ is before.__func__ and after.__self__ is owner


def _is_made_anew(after: object, before: object) -> bool:
    """Whether both are of one definition, which has been run again: the module was reloaded."""
    if type(after) is FunctionType and type(before) is FunctionType:
        new, old = after.__code__, before.__code__
        return (new.co_filename, new.co_name) == (old.co_filename, old.co_name)
    return False


def _is_code(value: object) -> bool:
    cls = type(value)
    return any(cls is each for each in _CODE)


class Scan:
    """The modules that tests can have changed, and their classes: those of the project and those that tests import."""

    def __init__(self, judge: Judge, root: str) -> None:
        self._judge = judge
        self._root = root
        self._imported: set[str] = set()
        self._loaded = 0
        self._spaces: dict[int, Namespace] = {}
        self._modules: dict[int, object] = {}

    def imports(self, names: Iterable[str]) -> None:
        """Take in the modules that a test file imports; a name may be that of a member of one."""
        new = set(names) - self._imported  # few: the files of a project import much the same
        self._imported |= new | {name.rpartition(".")[0] for name in new}

    def _matters(self, name: str, space: Mapping[str, object]) -> bool:
        if name not in self._imported:
            path = space.get("__file__")
            if type(path) is not str or not path.startswith(self._root) or path.startswith(LIBRARIES):
                return False
        return not name.startswith(_IGNORED_MODULES)

    def take(self) -> None:
        """Note what the modules hold that are not known yet."""
        self._loaded = len(statics.MODULES)
        known = self._modules
        for name, module in list(statics.MODULES.items()):
            if type(name) is not str or id(module) in known or not statics.is_module(module):
                continue
            live = statics.namespace(module)
            if self._matters(name, live):
                known[id(module)] = module
                self._spaces[id(module)] = space = Namespace(name, module, live)
                self._take_classes(space)

    def _take_classes(self, module: Namespace) -> None:
        # Not in a loop: this is done for every name of every module, and few are classes.
        classes = map(issubclass, map(type, module.values), repeat(type))
        for name, value in compress(zip(module.names, module.values), classes):
            if statics.module_of(value) != module.name or id(value) in self._spaces:
                continue
            if statics.is_writable_class(value) and not statics.is_mock_type(value):
                self._spaces[id(value)] = Namespace(f"{module.name}.{name}", value, statics.members(value))

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
                kind = self._judge.kind(space.owner, name, before, after)
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


_Attribute = tuple[str, object, str, list[object]]
"""A place, its owner and name, and what it held when it was last looked at."""
_Container = tuple[str, "Any", list[tuple[object, ...]]]
"""A place, the container, and the items that it held when it was last looked at."""


class Watch:
    """The places that one file assigns to by hand."""

    def __init__(self, source: Source, scan: Scan, judge: Judge) -> None:
        self._judge = judge
        self._scan = scan
        self._attributes: list[_Attribute] = []
        self._containers: list[_Container] = []
        self._waiting = dict.fromkeys(source.attributes, True)
        self._waiting.update(dict.fromkeys(source.containers, False))
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
                found = statics.reach(place)
                if found is statics.MISSING:
                    continue
                if found is not statics.MODULES and found is not _environ and _items(found) is not None:
                    self._containers.append((place, found, [_items(found)]))  # type: ignore[list-item]
                del self._waiting[place]
                continue
            root, _, name = place.rpartition(".")
            owner = statics.reach(root)
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
            self._attributes.append((place, owner, name, [known]))

    def forget_items(self) -> None:
        """Take the items that the containers hold now for known: tests of other files may have left them."""
        for _, container, items in self._containers:
            items[0] = _items(container) or ()

    def changes(self, covers: Callable[[object, object], bool]) -> Iterator[Change]:
        """Yield what was replaced since the last time. What ``covers`` tells to be patched is looked at later."""
        if self._waiting:
            self.resolve()
        for place, owner, name, known in self._attributes:
            after = statics.member(owner, name)
            if after is known[0] or covers(owner, name):
                continue
            before, known[0] = known[0], after
            if before is statics.MISSING:
                before = statics.shadowed(owner, name)
                if before is after:
                    continue
            kind = self._judge.kind(owner, name, before, after)
            if kind is None and _is_code(before) and (_is_code(after) or statics.is_class(after)):
                same = _binds(after, before, owner) or _is_made_anew(after, before)
                kind = None if same else Kind.RESTORED_OTHERWISE
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
