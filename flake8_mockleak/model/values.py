"""What an expression stands for, as far as the model cares."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_mockleak.model.source import ClassSource, Frame, ModuleSource


class Value:
    """Something an expression can stand for; this class itself is what the model knows nothing about."""

    __slots__ = ()


UNKNOWN = Value()
"""The one value of which nothing is known; whatever depends on it stays quiet."""

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class Constant(Value):
    """A literal string, number, ``None``, ``True`` or ``False``."""

    value: object


@dataclass(frozen=True, slots=True)
class Shared(Value):
    """A thing that outlives the test, named by the dotted path of the import that reaches it."""

    path: str

    def __str__(self) -> str:
        return self.path


@dataclass(eq=False, slots=True)
class Patcher(Value):
    """A patch: what ``patch(…)`` returns, or anything else that replaces on entry and puts back on exit."""

    node: ast.expr
    library: str
    places: tuple[Place, ...] = ()
    replacement: Value = UNKNOWN
    on_own_instance: bool = False
    enters: frozenset[str] = frozenset({"start", "__enter__", "__aenter__"})
    leaves: frozenset[str] = frozenset({"stop", "__exit__", "__aexit__"})
    escaped: bool = False
    held_by: list[Stack] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Stack(Value):
    """An ``ExitStack``: it holds patches, and closing it releases them."""

    node: ast.expr
    escaped: bool = False
    held_by: list[Stack] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class MonkeyPatch(Value):
    """pytest's ``MonkeyPatch``; ``undone_by`` is what ends it: the fixture's end, a ``with``, or nobody yet."""

    node: ast.expr | None
    automatic: bool
    escaped: bool = False
    held_by: list[Stack] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)


Holdable = Patcher | Stack | MonkeyPatch


@dataclass(frozen=True, slots=True)
class Mocker(Value):
    """pytest-mock's ``mocker`` fixture: it undoes what it patches."""


@dataclass(eq=False, slots=True)
class MockObject(Value):
    """A mock; ``patcher`` is the patch whose start gave it."""

    patcher: Patcher | None = None


@dataclass(frozen=True, slots=True)
class MockClass(Value):
    """``Mock`` itself, or one of its siblings: a class of the mock library, not a mock."""

    name: str


@dataclass(eq=False, slots=True)
class Function(Value):
    """A function or lambda whose body is at hand, with the frame that it was defined in."""

    node: FunctionNode
    frame: Frame
    owner: ClassSource | None = None

    def module(self) -> ModuleSource:
        """Return the file that the function stands in."""
        module = self.frame.top().module
        assert module is not None
        return module


@dataclass(eq=False, slots=True)
class Class(Value):
    """A class whose body is at hand."""

    source: ClassSource


@dataclass(eq=False, slots=True)
class Instance(Value):
    """An object made by calling a class; ``of`` is that class."""

    of: Value


@dataclass(eq=False, slots=True)
class Self(Value):
    """``self`` or ``cls`` of the class under analysis, or the context of behave's hooks."""

    fields: Fields


@dataclass(eq=False, slots=True)
class Super(Value):
    """``super()`` in a method of ``owner``."""

    owner: ClassSource


@dataclass(eq=False, slots=True)
class Bound(Value):
    """The method ``name`` of a value."""

    of: Value
    name: str


@dataclass(eq=False, slots=True)
class Partial(Value):
    """A ``functools.partial``."""

    function: Value
    arguments: list[Value]


@dataclass(eq=False, slots=True)
class Container(Value):
    """A list, tuple, set or dict made in the file; keys are constants where they are known."""

    items: list[tuple[object, Value]] = field(default_factory=list)

    def get(self, key: object) -> Value:
        """Return the item of that key, or any of the items when the key is not known."""
        if key is not None:
            found = [value for known, value in self.items if known == key and type(known) is type(key)]
            if found:
                return found[-1]
        return union(value for _, value in self.items)


@dataclass(frozen=True, slots=True)
class Union(Value):
    """One of several values."""

    members: tuple[Value, ...]


@dataclass(slots=True)
class Fields:
    """What ``self.name`` stands for, at the moment of the analysis."""

    values: dict[str, Value] = field(default_factory=dict)
    owner: ClassSource | None = None


class Kind(Enum):
    """What sort of place a mock is put in."""

    ATTRIBUTE = "attribute"
    MODULE_ENTRY = "sys.modules entry"
    ITEM = "item of a container"
    CONFIGURATION = "configuration value"


@dataclass(frozen=True, slots=True)
class Place:
    """What is replaced. ``key`` is its canonical path; ``text`` is how the user wrote it.

    A key is ``module.attribute`` or ``container[item]``. ``?`` stands in it for what is not known: the beginning of
    ``?.attribute``, or the name in ``module.?``.
    """

    key: str
    text: str
    kind: Kind = Kind.ATTRIBUTE

    def inside(self, other: Place) -> bool:
        """Tell whether putting ``other`` back puts this back too. In doubt, it does."""
        mine, theirs = self.key, other.key
        if mine == theirs or mine.startswith((f"{theirs}.", f"{theirs}[")):
            return True
        if theirs.startswith("sys.modules[") and mine.startswith((f"{theirs[12:-1]}.", f"{theirs[12:-1]}[")):
            return True  # the module is imported anew
        root, their_root = _root(mine), _root(theirs)
        if mine[len(root) :] in {".?", "[?]"} or theirs[len(their_root) :] in {".?", "[?]"}:
            return root == their_root
        return _tail(mine) == _tail(theirs)


def _root(key: str) -> str:
    """The path without its last name or item."""
    if key.endswith("]"):
        return key[: key.index("[")] if "[" in key else key
    return key.rpartition(".")[0]


def _tail(key: str) -> str:
    """The last two names of a path: a module is often reached by several paths, which end alike."""
    if "[" in key:
        return key
    names = key.rsplit(".", 2)
    return names[-1] if names[0] == "?" or len(names) < 2 else ".".join(names[-2:])


def members(value: Value) -> Iterator[Value]:
    """Yield what the value may be."""
    if isinstance(value, Union):
        yield from value.members
    else:
        yield value


def union(values: Iterator[Value] | list[Value]) -> Value:
    """Return one value that stands for any of several. ``None`` gives way to whatever else there is."""
    distinct: list[Value] = []
    for value in values:
        for member in members(value):
            if member not in distinct:
                distinct.append(member)
    if len(distinct) > 1:
        distinct = [value for value in distinct if value != Constant(None)] or distinct[:1]
    if not distinct:
        return UNKNOWN
    if len(distinct) == 1:
        return distinct[0]
    return Union(tuple(distinct))
