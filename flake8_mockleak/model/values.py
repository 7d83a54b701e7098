"""What an expression stands for, as far as the model cares."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from flake8_mockleak.model.places import Place
from flake8_mockleak.model.slotted import field, slotted

if TYPE_CHECKING:
    from flake8_mockleak.model.source import ClassSource, Frame, ModuleSource


class Value:
    """Something an expression can stand for; this class itself is what the model knows nothing about."""

    __slots__ = ()


MAX_MEMBERS = 32
"""What may be more things than this is unknown."""

MAX_ITEMS = 1000
"""Items of a container that are followed."""

MAX_TEXT = 1000
"""Characters of a string that is put together from others; a longer one is unknown."""

UNKNOWN = Value()
"""The one value of which nothing is known; whatever depends on it stays quiet."""

NOTHING = Value()
"""What a place gets whose content is deleted."""

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@slotted
class Constant(Value):
    """A literal string, number, ``None``, ``True`` or ``False``."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and self.value == other.value


@slotted
class Shared(Value):
    """A thing that outlives the test, named by the dotted path of the import that reaches it."""

    path: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shared) and self.path == other.path

    def __str__(self) -> str:
        return self.path


@slotted
class Patcher(Value):
    """A patch: what ``patch(…)`` returns, or anything else that replaces on entry and puts back on exit.

    One that a loop makes stands for each of its turns, unless it is no more than the last. ``whole`` is what one stands
    for that was taken from a part of a list: ``patchers[:-1]``. ``is_object`` tells that it is an object of a helper's
    class in another file, of which not more is known than which methods replace something and which put it back;
    ``others`` are those that do neither.
    """

    node: ast.expr
    library: str
    places: tuple[Place, ...] = ()
    replacement: Value = UNKNOWN
    on_own_instance: bool = False
    has_spec: bool = False
    enters: frozenset[str] = frozenset({"start", "__enter__", "__aenter__"})
    leaves: frozenset[str] = frozenset({"stop", "__exit__", "__aexit__"})
    others: frozenset[str] = frozenset()
    is_each: bool = True
    is_object: bool = False
    escaped: bool = False
    held_by: list[Stack] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)
    whole: Patcher | None = None


@slotted
class Stack(Value):
    """An ``ExitStack``: it holds patches, and closing it releases them."""

    node: ast.expr
    escaped: bool = False
    held_by: list[Stack] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)


@slotted
class MonkeyPatch(Value):
    """pytest's ``MonkeyPatch``; ``undone_by`` is what ends it: the fixture's end, a ``with``, or nobody yet."""

    node: ast.expr | None
    automatic: bool
    escaped: bool = False
    held_by: list[Stack] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)


Holdable = Patcher | Stack | MonkeyPatch


class Mocker(Value):
    """pytest-mock's ``mocker`` fixture: it undoes what it patches."""

    __slots__ = ()


@slotted
class MockObject(Value):
    """A mock; ``patcher`` is the patch whose start gave it, ``attributes`` what the test assigned to it.

    One that has a specification, or comes from one that has, answers to the names of that alone. A sentinel is no more
    than a value with a name.
    """

    patcher: Patcher | None = None
    attributes: dict[str, Value] = field(default_factory=dict)
    has_spec: bool = False
    is_sentinel: bool = False


@slotted
class MockClass(Value):
    """``Mock`` itself, or one of its siblings: a class of the mock library, not a mock."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MockClass) and self.name == other.name


@slotted
class Function(Value):
    """A function or lambda whose body is at hand, with the frame that it was defined in.

    ``defaults`` are what the parameters stand for that a call leaves out, as far as that is more than a literal.
    """

    node: FunctionNode
    frame: Frame
    owner: ClassSource | None = None
    defaults: dict[str, Value] = field(default_factory=dict)

    def module(self) -> ModuleSource:
        """Return the file that the function stands in."""
        module = self.frame.top().module
        assert module is not None
        return module


@slotted
class Class(Value):
    """A class whose body is at hand."""

    source: ClassSource


@slotted
class Instance(Value):
    """An object made by calling a class; ``of`` is that class, ``objects`` what was kept on it of its like."""

    of: Value
    objects: dict[str, Instance] = field(default_factory=dict)


@slotted
class Self(Value):
    """``self`` or ``cls`` of the class under analysis, or the context of behave's hooks."""

    fields: Fields

    def is_unknown(self, name: str) -> bool:
        """Whether nothing at hand gives this object an attribute of that name."""
        owner = self.fields.owner
        return name not in self.fields.values and (owner is None or owner.find_method(name) is None)


@slotted
class Super(Value):
    """``super()`` in a method of ``owner``, or ``super(unittest.TestCase, self)``."""

    owner: ClassSource
    behind_test_case: bool = False


@slotted
class Bound(Value):
    """The method ``name`` of a value."""

    of: Value
    name: str


@slotted
class Partial(Value):
    """A ``functools.partial``."""

    function: Value
    arguments: list[Value]


@slotted
class Container(Value):
    """A list, tuple, set or dict made in the file; keys are constants where they are known.

    The one item of a comprehension stands for as many as ``length`` tells, if that is known.
    """

    items: list[tuple[object, Value]] = field(default_factory=list)
    length: int | None = None

    def extend(self, items: Iterable[tuple[object, Value]]) -> None:
        """Add items, as long as they do not get too many to follow."""
        items = iter(items)
        self.items.extend(islice(items, max(MAX_ITEMS - len(self.items), 0)))
        _lose_sight_of(value for _, value in items)

    def get(self, key: object) -> Value:
        """Return the item of that key, or any of the items when the key is not known."""
        if key is not None:
            found = [value for known, value in self.items if known == key and type(known) is type(key)]
            if found:
                return found[-1]
        return union(value for _, value in self.items)


@slotted
class Namespace(Container):
    """The fields of ``self`` as a dict: ``vars(self)``, ``self.__dict__``. Iterating over it yields their names."""

    items: list[tuple[object, Value]] = field(default_factory=list)
    length: int | None = None
    fields: Fields = field(default_factory=lambda: Fields())

    def set(self, key: object, value: Value) -> None:
        """Give a field its value."""
        self.items.append((key, value))
        self.fields.values[str(key)] = value

    def names(self) -> Container:
        """Return the names of the fields."""
        return Container([(None, Constant(name)) for name, _ in self.items])

    def rows(self) -> Container:
        """Return the names of the fields with their values."""
        return Container([(None, Container([(0, Constant(name)), (1, value)])) for name, value in self.items])


@slotted
class Record(Instance):
    """An object that only carries what it was given: of a dataclass, a named tuple, a ``SimpleNamespace``."""

    of: Value
    objects: dict[str, Instance] = field(default_factory=dict)
    fields: Container = field(default_factory=Container)


@slotted
class RecordClass(Value):
    """What ``collections.namedtuple`` makes: a class whose objects are records with fields of these names."""

    names: list[str]


@slotted
class Union(Value):
    """One of several values."""

    members: tuple[Value, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Union) and self.members == other.members


@slotted
class Fields:
    """What ``self.name`` stands for, at the moment of the analysis."""

    values: dict[str, Value] = field(default_factory=dict)
    owner: ClassSource | None = None


def _lose_sight_of(values: Iterable[Value]) -> None:
    """Take values that are too many to be followed for released: nothing is known about them any more."""
    for value in values:
        for member in contents(value):
            if isinstance(member, (Patcher, Stack, MonkeyPatch)):
                lose_sight_of(member)


def lose_sight_of(holder: Holdable) -> None:
    """Take a patch for released from here on, wherever that is done."""
    holder.escaped = True
    if isinstance(holder, Patcher) and holder.whole is not None:
        holder.whole.escaped = True


def members(value: Value) -> tuple[Value, ...]:
    """Return what the value may be."""
    return value.members if isinstance(value, Union) else (value,)


def contents(value: Value) -> Iterable[Value]:
    """Return what the value may be, and in place of a container what is in it, at any depth."""
    return _walk(value) if isinstance(value, (Union, Container, Record)) else (value,)


def _walk(value: Value) -> Iterator[Value]:
    pending, seen = [value], {id(value)}
    while pending:
        for member in members(pending.pop()):
            member = member.fields if isinstance(member, Record) else member
            if isinstance(member, Container):
                fresh = [item for _, item in member.items if id(item) not in seen]
                seen.update(map(id, fresh))
                pending += fresh
            else:
                yield member


def union(values: Iterable[Value]) -> Value:
    """Return one value that stands for any of several. ``None`` gives way to whatever else there is."""
    values = list(values)
    if len(values) == 1:
        return values[0]
    distinct: list[Value] = []
    for value in values:
        for member in members(value):
            if member not in distinct:
                distinct.append(member)
        if len(distinct) > MAX_MEMBERS:
            _lose_sight_of(values)
            return UNKNOWN
    if len(distinct) > 1:
        distinct = [value for value in distinct if value != Constant(None)] or distinct[:1]
    if not distinct:
        return UNKNOWN
    if len(distinct) == 1:
        return distinct[0]
    return Union(tuple(distinct))
