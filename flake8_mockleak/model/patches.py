"""Builds the patchers: what ``patch``, ``patch.object`` and their relatives replace, and where."""

from __future__ import annotations

import ast

from flake8_mockleak.model import names
from flake8_mockleak.model.evaluate import constant, item_key
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.source import written
from flake8_mockleak.model.values import (
    UNKNOWN,
    Class,
    Constant,
    Container,
    Instance,
    MockObject,
    Patcher,
    Self,
    Shared,
    Value,
    members,
)
from flake8_mockleak.model.write import Writer, place_at

_NO_NAMES = names.PATCH_OPTIONS | {"**"}


class Arguments:
    """The evaluated arguments of a call."""

    def __init__(self, positional: list[Value], named: dict[str, Value]) -> None:
        self.positional = positional
        self.named = named

    def get(self, index: int, name: str) -> Value | None:
        """Return an argument by its position or its name."""
        if name in self.named:
            return self.named[name]
        return self.positional[index] if index < len(self.positional) else None

    def all(self) -> list[Value]:
        """Return every argument."""
        return [*self.positional, *self.named.values()]


class PatchBuilder(Writer):
    """Knows the calls of the mock libraries."""

    def escape_all(self, arguments: Arguments, node: ast.expr) -> None:
        """Let every argument escape."""
        for argument in arguments.all():
            self.escape(argument, node)

    def call_mock_library(self, library: str, name: str, arguments: Arguments, node: ast.expr) -> Value:
        """Call a name of a mock library: a patch function, a mock class, or something that makes a mock."""
        if name == "patch.stopall":
            self.record.release(node, library=library)
            return UNKNOWN
        if name not in names.PATCH_CALLS:
            return MockObject(has_spec=has_spec(name, arguments))
        target = _target(name, arguments)
        if name == "patch" and isinstance(target, Self):  # `patch(self, module, "name", value)` of `test.support`
            self.escape_all(arguments, node)
            return UNKNOWN
        patcher = Patcher(node, library, self.patched_places(name, arguments, node))
        patcher.has_spec = has_spec(name, arguments)
        self.record.patchers.append(patcher)
        if name == "patch":
            patcher.replacement = arguments.get(1, "new") or UNKNOWN
        elif name == "patch.object":
            patcher.replacement = arguments.get(2, "new") or UNKNOWN
            patcher.on_own_instance = all(is_own_object(member) for member in members(target))
        elif name == "patch.dict":
            patcher.replacement = Constant("a dict")
            patcher.on_own_instance = isinstance(target, Container)
        self.escape_all(Arguments([], arguments.named), node)
        return patcher

    def patched_places(self, name: str, arguments: Arguments, node: ast.expr) -> tuple[Place, ...]:
        """Return the places that a call of one of the patch functions names."""
        target = _target(name, arguments)
        if name == "patch":
            return (self._string_place(node, target),)
        if name == "patch.object":
            return (self._attribute_place(target, constant(arguments.get(1, "attribute") or UNKNOWN)),)
        if name == "patch.dict":
            return (self._container_place(target),)
        return tuple(self._attribute_place(target, key) for key in arguments.named if key not in _NO_NAMES)

    def _string_place(self, node: ast.expr, target: Value) -> Place:
        if isinstance(target, Constant):
            return Place(str(target.value), str(target.value))
        assert isinstance(node, ast.Call)
        argument = node.args[0] if node.args else node
        strings = [part.value for part in ast.walk(argument) if isinstance(part, ast.Constant)]
        tail = str(strings[-1]).rpartition(".")[2] if strings else "?"
        return Place(f"?.{tail or '?'}", written(argument))

    def _attribute_place(self, target: Value, attribute: object) -> Place:
        name = str(attribute or "?")
        if isinstance(target, Constant):
            return Place(f"{target.value}.{name}", f"{target.value}.{name}")
        if isinstance(target, Shared):
            return Place(f"{target.path}.{name}", f"{target.path.rpartition('.')[2]}.{name}")
        if isinstance(target, Class):
            return Place(f"{self.module.name}.{target.source.name}.{name}", f"{target.source.name}.{name}")
        return Place(f"?.{name}", name)

    def _container_place(self, target: Value) -> Place:
        if isinstance(target, Constant):
            return Place(str(target.value), str(target.value))
        if isinstance(target, Shared):
            return Place(target.path, target.path)
        return Place("?.?", "a dict")

    def fixture_patcher(self, path: str, arguments: Arguments, node: ast.expr) -> Value:
        """Make a patcher of the ``fixtures`` library: ``setUp`` and ``cleanUp`` are its start and stop."""
        first = arguments.positional[0] if arguments.positional else UNKNOWN
        if path == "fixtures.MockPatchObject":
            place = self._attribute_place(first, constant(arguments.get(1, "attr") or UNKNOWN))
        elif path == "fixtures.EnvironmentVariable":
            place = place_at("os.environ", item_key("", first), "os.environ")
        else:
            place = self._container_place(first)
        return Patcher(
            node,
            "fixtures",
            (place,),
            enters=frozenset({"setUp", "__enter__"}),
            leaves=frozenset({"cleanUp", "__exit__"}),
        )


def _target(name: str, arguments: Arguments) -> Value:
    return arguments.get(0, "in_dict" if name == "patch.dict" else "target") or UNKNOWN


def has_spec(name: str, arguments: Arguments) -> bool:
    """Whether a call that makes a mock, or a patch that does, gives it a specification."""
    if name in names.MOCK_CLASSES and arguments.positional or name == "create_autospec":
        return True
    return not names.SPECIFYING.isdisjoint(arguments.named)


def is_own_object(value: Value | None) -> bool:
    """Whether a value is an object of the test, which dies with it."""
    return (
        isinstance(value, (Instance, Self, MockObject, Container)) or isinstance(value, Class) and value.source.is_local
    )
