"""What an expression stands for. Calls are in :mod:`calls`, statements in :mod:`execute`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import reduce
from itertools import product
from typing import Any

from flake8_mockleak.model.facts import Idiom, Site, Way
from flake8_mockleak.model.helper_texts import makes_patch
from flake8_mockleak.model.lifetime import TEARDOWNS
from flake8_mockleak.model.names import (
    BUILTINS,
    CONTEXT_LOCALS,
    MOCK_CLASSES,
    MOCK_CONFIGURATION,
    MODULE_CLASSES,
    STACK_ENTERS,
    is_named_as_fake,
    mock_name,
)
from flake8_mockleak.model.places import Covers, Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.source import Frame, ModuleSource, with_defaults, written
from flake8_mockleak.model.values import (
    MAX_TEXT,
    UNKNOWN,
    Bound,
    Class,
    Constant,
    Container,
    Fields,
    Function,
    FunctionNode,
    Holdable,
    Instance,
    MockClass,
    Mocker,
    MockObject,
    MonkeyPatch,
    Namespace,
    Partial,
    Patcher,
    Record,
    Self,
    Shared,
    Stack,
    Super,
    Union,
    Value,
    members,
    union,
)

_HAS_CLEANUPS = frozenset({Idiom.UNITTEST, Idiom.UNITTEST_CLASS, Idiom.BEHAVE})
_CLASS_NAMES = frozenset({"cls", "klass"})
_MANY = 1000
"""Patchers, in a list of unknown length: enough for any slice to leave some out if it can."""
ADDS_ONE = frozenset({"append", "add", "appendleft"})
_HAVE_METHODS = (Patcher, Stack, MonkeyPatch, Mocker, Container, Super)
_BEGINS = STACK_ENTERS | {"start"}


# What a helper that replaces something may call the method that puts it back.
LEAVING = frozenset(
    {"stop", "close", "undo", "restore", "reset", "cleanup", "uninstall", "unpatch", "__exit__", "__aexit__"}
)


class Evaluator:
    """Evaluates the expressions of one file, as far as leaks depend on them."""

    def __init__(self, module: ModuleSource, recorder: Recorder) -> None:
        self.record = recorder
        self.frame = module.frame
        self.fields: Fields | None = None
        self.covers = Covers()
        self.replaced: dict[str, Value] = {}
        self.kept: dict[str, Value] = {}
        self.yielded: list[list[Value]] = []
        self.made_by: dict[str, ast.Call] = {}
        """The calls that made what names and fields hold, as far as it may be started or entered."""
        self.is_registering = False
        """Whether what is evaluated now is registered as a cleanup."""
        self.is_around_tests = False
        """Whether what runs now is the context manager of a ``with`` statement, in another file."""
        self._comprehensions = 0
        self._evaluators = handlers(self.__class__, ast.expr)

    @property
    def module(self) -> ModuleSource:
        """The file that the running code stands in: the linted one, or that of a base class or helper."""
        module = self.frame.top().module
        assert module is not None
        return module

    def value(self, node: ast.AST) -> Value:
        """Evaluate an expression: record what happens in it and return what it stands for."""
        evaluator = self._evaluators.get(type(node))
        if evaluator is not None:
            result: Value = evaluator(self, node)
            return result
        for child in ast.iter_child_nodes(node):
            self.value(child)
        return UNKNOWN

    def call(self, node: ast.Call) -> Value:
        """Evaluate a call."""
        raise NotImplementedError

    def escape(self, value: Value, node: ast.AST) -> None:
        """Note that code which is not followed gets hold of a value: it may release it."""
        raise NotImplementedError

    def give(self, value: Value, node: ast.AST) -> None:
        """Note what a function that the framework calls hands out."""
        raise NotImplementedError

    def assign(self, target: ast.expr, value: Value, node: ast.stmt | ast.expr) -> None:
        """Give a target its value."""
        raise NotImplementedError

    # Acquisitions

    def acquire(
        self,
        way: Way,
        node: ast.expr | ast.stmt,
        holder: Holdable | None = None,
        places: tuple[Place, ...] = (),
        replacement: Value | None = None,
        may_stay: bool = False,
    ) -> None:
        """Note that places are replaced here, unless it is to fail, or happens in a cleanup, at some later time."""
        if not (self.record.is_cleanup or self.record.is_failing):
            self.record.acquire(way, node, holder, places, replacement, self._site(), may_stay)

    def _site(self) -> Site:
        activation, own = self.record.activation, self._own_name()
        idiom, teardown = activation.idiom, ""
        if idiom is Idiom.XUNIT and activation.node is not None:
            teardown = TEARDOWNS[activation.node.name]
        elif idiom is Idiom.MODULE and self.frame.owner is not None:
            idiom = Idiom.CLASS_BODY
        elif self.record.call_sites and idiom is not Idiom.MODULE:
            known = idiom in _HAS_CLEANUPS and own and not (idiom is Idiom.UNITTEST and own in _CLASS_NAMES)
            idiom = idiom if known else Idiom.HELPER
        return Site(idiom, own, teardown, self._comprehensions > 0)

    def _own_name(self) -> str:
        """Return what the running code calls the test case, its class or the context, and nothing if it has no name."""
        fields = getattr(self.record.activation.family, "fields", None)
        own = self.frame.lookup("self")
        if isinstance(own, Self) and own.fields is fields:
            return "self"
        frame: Frame | None = self.frame
        while frame is not None and frame.parent is not None:
            for name, value in frame.names.items():
                if isinstance(value, Self) and value.fields is fields:
                    return name
            frame = frame.parent
        return ""

    # Names and attributes

    def _Name(self, node: ast.Name) -> Value:
        found = self.frame.lookup(node.id)
        if found is not None:
            return found
        if node.id in BUILTINS:
            return Shared(f"builtins.{node.id}")
        return UNKNOWN

    def _Attribute(self, node: ast.Attribute) -> Value:
        of = self.value(node.value)
        if of is UNKNOWN and node.attr == "start":
            origin = self._origin_of(node.value)
            kept = self.value(origin) if origin is not None else UNKNOWN
            if isinstance(kept, Bound) and isinstance(kept.of, Self):
                is_of_container = isinstance(node.value, ast.Subscript)
                if is_of_container or makes_patch(self.text_of_base_method(kept.name)):
                    self.record.open_questions.add(self.record.activation)  # it may be one that a base class has made
        return self.attribute(of, node.attr)

    def _origin_of(self, node: ast.expr) -> ast.expr | None:
        """Return the container that an unknown thing was taken from, or the function that has made it."""
        if isinstance(node, ast.Subscript):
            return node.value
        made = node if isinstance(node, ast.Call) else self.made_by.get(written(node))
        return made.func if made is not None else None

    def attribute(self, of: Value, name: str) -> Value:
        """Return the attribute of a value."""
        if of is UNKNOWN:
            return UNKNOWN
        if isinstance(of, Union):
            return union(self.attribute(member, name) for member in of.members)
        if isinstance(of, Shared):
            return self._shared_attribute(of, name)
        if isinstance(of, Self):
            return self._own_attribute(of, name)
        if isinstance(of, MockObject):
            if name in of.attributes:
                return of.attributes[name]
            return (
                Bound(of, name)
                if name in {"start", "stop", "__enter__", "__exit__"}
                else MockObject(has_spec=of.has_spec, is_sentinel=of.is_sentinel)
            )
        if isinstance(of, Class):
            return self._class_attribute(of, name)
        if isinstance(of, Record):
            found = [value for known, value in of.fields.items if known in (name, None)]
            if found:
                return union(found)
        if isinstance(of, Instance):
            if name == "__class__":
                return of.of
            if name in of.objects:
                return of.objects[name]
            source = of.of.source if isinstance(of.of, Class) else None
            kept = source.attributes.get(name) if source is not None else None
            if source is not None and isinstance(kept, (Instance, Shared)) and f".{name} = " not in source.text():
                return kept  # all objects of the class have it in common
            method = source.find_method(name) if source is not None else None
            if isinstance(of.of, Shared) and (name in LEAVING or self.is_registering or self.record.is_over):
                method = self.method_elsewhere(of.of, name)
            return method or Instance(UNKNOWN)
        if isinstance(of, _HAVE_METHODS):
            return Bound(of, name)
        if isinstance(of, Bound) and isinstance(of.of, Mocker):
            return Bound(of.of, f"{of.name}.{name}")
        if isinstance(of, Bound) and isinstance(of.of, Self) and name in _BEGINS:
            self.record.open_questions.add(self.record.activation)  # a base class may have put one there
        return UNKNOWN

    def method_elsewhere(self, of: Shared, name: str) -> Function | None:
        """Return a method of a class of another file."""
        raise NotImplementedError

    def text_of_base_method(self, name: str) -> bytes:
        """Return the text of a method that a base in another file has, whose body is not at hand."""
        raise NotImplementedError

    def _shared_attribute(self, of: Shared, name: str) -> Value:
        path = f"{of.path}.{name}"
        put_there = self.replaced.get(path) or self.kept.get(path)
        if put_there is not None:
            return put_there
        if name in MOCK_CONFIGURATION:
            return MockObject()
        return self.shared(path)

    def shared(self, path: str) -> Value:
        """Return what an import path stands for."""
        known = mock_name(path)
        if known is not None and known[1] in MOCK_CLASSES:
            return MockClass(known[1])
        if known is not None and known[1] == "sentinel" or ".sentinel." in path and mock_name(path.rpartition(".")[0]):
            return MockObject(is_sentinel=True)
        return UNKNOWN if path in CONTEXT_LOCALS else Shared(path)

    def imported(self, path: str) -> Value:
        """Return what an import gives.

        Under a patch of ``sys.modules`` it is a copy that goes with the patch, unless the file has it already.
        """
        if Place(f"sys.modules[{path}]", path) in self.covers and not self._has_imported(path):
            return Instance(UNKNOWN)
        return self.shared(path)

    def _has_imported(self, path: str) -> bool:
        for value in self.frame.top().names.values():
            if isinstance(value, Shared) and (value.path == path or _are_related(value.path, path)):
                return True
        return False

    def _own_attribute(self, of: Self, name: str) -> Value:
        stored = of.fields.values.get(name)
        if stored is not None:
            return stored
        if name == "__class__":
            return of
        if name == "__dict__":
            return self.namespace(of)
        owner = of.fields.owner
        if owner is not None:
            for source in owner.ancestry():
                if name in source.attributes:
                    return source.attributes[name]
                if name in source.methods:
                    break
        return Bound(of, name)

    def namespace(self, of: Self) -> Namespace:
        """Return the fields of ``self`` as the dict that they are."""
        return Namespace(list(of.fields.values.items()), fields=of.fields)

    def _class_attribute(self, of: Class, name: str) -> Value:
        for source in of.source.ancestry():
            if name in source.attributes:
                return source.attributes[name]
            if name in source.methods:
                return Function(source.methods[name], source.module.frame, source)
        return UNKNOWN

    # Literals and displays

    def _Constant(self, node: ast.Constant) -> Value:
        return Constant(node.value)

    def _JoinedStr(self, node: ast.JoinedStr) -> Value:
        parts = (part.value if isinstance(part, ast.FormattedValue) else part for part in node.values)
        nothing: Value = Constant("")
        return reduce(_joined, map(self.value, parts), nothing)

    def _BinOp(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Add):
            if isinstance(left, Container) and isinstance(right, Container):
                joined = Container(list(left.items))
                joined.extend(right.items)
                return joined
            return _joined(left, right, str)
        return UNKNOWN

    def _Tuple(self, node: ast.Tuple | ast.List | ast.Set) -> Value:
        container = Container()
        for element in node.elts:
            if isinstance(element, ast.Starred):
                container.extend((None, item) for item in self.each(self.value(element.value)))
            else:
                container.items.append((len(container.items), self.value(element)))
        return container

    _List = _Set = _Tuple

    def _Dict(self, node: ast.Dict) -> Value:
        container = Container()
        for key, value_node in zip(node.keys, node.values):
            value = self.value(value_node)
            if key is None:
                container.extend(value.items if isinstance(value, Container) else [(None, value)])
            else:
                container.items.append((constant(self.value(key)), value))
        return container

    def _Subscript(self, node: ast.Subscript) -> Value:
        of, key = self.value(node.value), self.value(node.slice)
        if isinstance(of, Container):
            return _part_of(of, node.slice) if isinstance(node.slice, ast.Slice) else of.get(constant(key))
        if isinstance(of, Shared):
            path = item_key(of.path, key)
            put_there = self.replaced.get(path)
            if put_there is None and of.path == "sys.modules" and isinstance(key, Constant):
                return Shared(str(key.value))
            return put_there or Shared(path)
        if isinstance(of, MockObject):
            return MockObject()
        return UNKNOWN

    # Functions and operators

    def _Lambda(self, node: ast.Lambda) -> Value:
        return self.function(node)

    def function(self, node: FunctionNode) -> Function:
        """Return a function as it is defined: its defaults get their values there, as in ``lambda p=p: p.stop()``."""
        defaults = {
            name: self.value(default)
            for name, default in with_defaults(node)
            if not isinstance(default, ast.Constant)
        }
        return Function(node, self.frame, defaults=defaults)

    def _IfExp(self, node: ast.IfExp) -> Value:
        self.value(node.test)
        with self.record.branch(node, "body"):
            first = self.value(node.body)
        with self.record.branch(node, "orelse"):
            second = self.value(node.orelse)
        return union([first, second])

    def _BoolOp(self, node: ast.BoolOp) -> Value:
        return union([self.value(operand) for operand in node.values])

    def _NamedExpr(self, node: ast.NamedExpr) -> Value:
        value = self.value(node.value)
        self.assign(node.target, value, node)
        return value

    def _Await(self, node: ast.Await) -> Value:
        return self.value(node.value)

    def _Starred(self, node: ast.Starred) -> Value:
        return self.value(node.value)

    def _Yield(self, node: ast.Yield) -> Value:
        value = self.value(node.value) if node.value is not None else UNKNOWN
        if self.yielded:
            self.yielded[-1].append(value)
            return UNKNOWN
        if node.value is not None:
            self.give(value, node)
        if not self.record.activation.is_fixture:
            self.record.risk += 1
        self.record.after_yield, self.record.activation.asserted = True, self.record.asserted
        return UNKNOWN

    def _YieldFrom(self, node: ast.YieldFrom) -> Value:
        value = self.value(node.value)
        if self.yielded:
            self.yielded[-1] += self.each(value)
            return UNKNOWN
        self.escape(value, node)
        self.record.after_yield = True
        return UNKNOWN

    def _Call(self, node: ast.Call) -> Value:
        return self.call(node)

    # Comprehensions

    def _ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
        with self._comprehension(node.generators) as length:
            items = [self.value(node.elt)]
            if (length or 0) > 1 and isinstance(items[0], Patcher) and _is_of_one_place(items[0]):
                items.append(self.value(node.elt))  # another patch of that place
            return Container([(None, item) for item in items], length)

    _SetComp = _GeneratorExp = _ListComp

    def _DictComp(self, node: ast.DictComp) -> Value:
        with self._comprehension(node.generators) as length:
            keys, value = [constant(each) for each in members(self.value(node.key))], self.value(node.value)
            return Container([(key, value) for key in keys] if length == len(keys) else [(None, value)])

    @contextmanager
    def _comprehension(self, generators: list[ast.comprehension]) -> Iterator[int | None]:
        """Run the clauses of a comprehension, and give the number of the items that it makes, if that is known."""
        self._comprehensions += 1
        length: int | None = None
        with self.scope():
            for generator in generators:
                items = self.value(generator.iter)
                if isinstance(items, Container) and _is_display(items):
                    length = len(items.items)
                self.assign(generator.target, self.item(items), generator.target)
                for condition in generator.ifs:
                    self.value(condition)
            yield length if len(generators) == 1 and not generators[0].ifs else None
        self._comprehensions -= 1

    @contextmanager
    def scope(self) -> Iterator[Frame]:
        """A scope of its own within the present one."""
        outer, self.frame = self.frame, Frame(self.frame, owner=self.frame.owner)
        try:
            yield self.frame
        finally:
            self.frame = outer

    # Iteration

    def each(self, value: Value) -> list[Value]:
        """Return what iterating over a value yields, one entry an element where they are known."""
        found: list[Value] = []
        for member in members(value):
            member = member.fields if isinstance(member, Record) else member
            member = member.names() if isinstance(member, Namespace) else member
            if isinstance(member, Container):
                found.extend(item for _, item in member.items)
            else:
                found.append(MockObject() if isinstance(member, MockObject) else UNKNOWN)
        return found

    def item(self, value: Value) -> Value:
        """Return any one of the elements."""
        elements = self.each(value)
        if elements and all(isinstance(element, Container) for element in elements):
            return _column_wise([element for element in elements if isinstance(element, Container)])
        return union(elements)


def _column_wise(rows: list[Container]) -> Value:
    """Join tuples position by position: a loop over ``[(a, p), (b, q)]`` binds ``a`` or ``b``, and ``p`` or ``q``."""
    if len({len(row.items) for row in rows}) != 1:
        return union(list(rows))
    return Container([(index, union([row.items[index][1] for row in rows])) for index in range(len(rows[0].items))])


_handlers: dict[tuple[type, type], dict[type[ast.AST], Callable[..., Any]]] = {}


def handlers(of: type, kind: type[ast.AST]) -> dict[type[ast.AST], Callable[..., Any]]:
    """Return the methods of a class that are named ``_`` and a node class of that kind, by node class."""
    if (of, kind) in _handlers:
        return _handlers[of, kind]
    found = _handlers[of, kind] = {}
    for name in dir(of):
        node_class = getattr(ast, name[1:], None) if name[0] == "_" and name[1:2].isupper() else None
        if isinstance(node_class, type) and issubclass(node_class, kind):
            found[node_class] = getattr(of, name)
    return found


def _is_of_one_place(patcher: Patcher) -> bool:
    """Whether a patcher that is made in a comprehension patches the same place each time."""
    node = patcher.node
    return isinstance(node, ast.Call) and bool(node.args) and isinstance(node.args[0], ast.Constant)


def _is_display(container: Container) -> bool:
    """Whether the items of a container have their places, as those of a tuple or list have that is written out."""
    return all(key == index and type(key) is int for index, (key, _) in enumerate(container.items))


def _part_of(container: Container, bounds: ast.Slice) -> Container:
    """Return a slice of a list; where it leaves out some of several patchers, each stands for a part of them."""
    is_written_out = _is_display(container)
    length = len(container.items) if is_written_out else container.length
    count = _MANY if length is None else length
    try:
        ends = [None if each is None else ast.literal_eval(each) for each in (bounds.lower, bounds.upper, bounds.step)]
        within = slice(*ends)
        left = range(count)[within]
    except (ValueError, TypeError):
        return container
    if length is None and isinstance(within.stop, int) and within.stop > 0:
        return container  # it may have no more than those
    if len(left) == count:
        return container
    if is_written_out:
        return Container(list(enumerate(container.items[index][1] for index in left)))
    return Container([(None, _as_part(container.items[0][1]))]) if len(container.items) == 1 else container


def _as_part(value: Value) -> Value:
    """Return a patcher that stands for some of those that another stands for; any other value as it is."""
    if not isinstance(value, Patcher):
        return value
    part = copy(value)
    part.whole = value.whole or value
    return part


def _are_related(one: str, other: str) -> bool:
    """Whether one of two paths is of something in the module that the other names; a package alone says nothing."""
    shorter, longer = sorted((one, other), key=len)
    return "." in shorter and longer.startswith(f"{shorter}.")


def _joined(left: Value, right: Value, kind: type = object) -> Value:
    """Return the texts that literals of a kind make together: each that the left may be with each of the right."""
    both = [[constant(member) for member in members(value) if isinstance(member, Constant)] for value in (left, right)]
    is_known = len(both[0]) == len(members(left)) and len(both[1]) == len(members(right))
    if not is_known or not all(isinstance(each, kind) for each in (*both[0], *both[1])):
        return UNKNOWN
    texts = [f"{one}{other}" for one, other in product(*both)]
    return union(map(Constant, texts)) if max(map(len, texts)) <= MAX_TEXT else UNKNOWN


def constant(value: Value) -> object:
    """Return the literal that a value stands for, or ``None``."""
    return value.value if isinstance(value, Constant) else None


def item_key(path: str, key: Value) -> str:
    """Return the path of a container's item."""
    if isinstance(key, Constant) and path.endswith(".__dict__"):
        return f"{path.removesuffix('.__dict__')}.{key.value}"
    if isinstance(key, Constant):
        return f"{path}[{key.value}]"
    if isinstance(key, Shared):
        return f"{path}[{key.path}]"
    return f"{path}[?]"


def is_data_by_name(value: Value) -> bool:
    """Whether the value is an import that is, by its name, no class: in a container it is data more often than code."""
    name = value.path.rpartition(".")[2] if isinstance(value, Shared) else "Class"
    return name.isupper() or not name.lstrip("_")[:1].isupper()


def is_own_code(value: Value) -> bool:
    """Whether the value is a function or class of the file, made from one, or an import that is named as a fake."""
    if isinstance(value, Partial):
        return is_own_code(value.function)
    if isinstance(value, Instance):
        return is_own_code(value.of) or isinstance(value.of, Shared) and value.of.path in MODULE_CLASSES
    if isinstance(value, Bound) and isinstance(value.of, Self):
        owner = value.of.fields.owner
        return owner is not None and owner.find_method(value.name) is not None
    if isinstance(value, Bound) and isinstance(value.of, Container):
        return value.name in ADDS_ONE  # `time.sleep = self.naps.append`
    if isinstance(value, Shared):
        return is_named_as_fake(value.path.rpartition(".")[2])
    return isinstance(value, (Function, Class))
