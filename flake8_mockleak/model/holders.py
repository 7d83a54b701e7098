"""What the methods of patchers, stacks, mocks and containers do."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable

from flake8_mockleak.model import names
from flake8_mockleak.model.evaluate import ADDS_ONE, constant, item_key
from flake8_mockleak.model.facts import Slip, Way
from flake8_mockleak.model.patches import Arguments, PatchBuilder, has_spec, is_own_object
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.source import written
from flake8_mockleak.model.values import (
    UNKNOWN,
    Bound,
    Constant,
    Container,
    Holdable,
    MockObject,
    MonkeyPatch,
    Namespace,
    Patcher,
    Shared,
    Stack,
    Value,
    members,
    union,
)
from flake8_mockleak.model.write import place_at

HOLDABLE = (Patcher, Stack, MonkeyPatch)
_SETS_FIELDS = frozenset({"update", "setdefault"})
_MOCKER_PATCHES = {"patch": 1, "patch.object": 2}  # and where the replacement stands


class HolderCalls(PatchBuilder):
    """Knows the methods of what holds a patch or a mock."""

    def apply(self, function: Value, arguments: Arguments, node: ast.expr) -> Value:
        """Call a value."""
        raise NotImplementedError

    def kept_by(self, manager: ast.expr) -> list[Place]:
        """Return what a context manager of other code puts back when it is left."""
        raise NotImplementedError

    def _call_patcher(self, patcher: Patcher, name: str, arguments: Arguments, node: ast.expr) -> Value:
        if name in patcher.enters:
            way = Way.STARTED if name == "start" or patcher.is_object else Way.ENTERED
            self.acquire(way, node, patcher, patcher.places, patcher.replacement)
            self.covers.extend(patcher.places)
            return self.entered(patcher)
        may_leave = patcher.is_object and bool(patcher.leaves) and name not in patcher.others
        if name in patcher.leaves or may_leave and self.record.is_over:
            self.record.release(node, holder=patcher, by_stop=name == "stop")
            if self.record.activation.is_fixture:
                self._put_back_all(patcher.places, node)
            if not self.record.is_deferred:
                self.covers.remove(patcher.places)
            return UNKNOWN
        self.escape_all(arguments, node)
        return UNKNOWN

    def _put_back_all(self, places: Iterable[Place], node: ast.expr) -> None:
        """Record that places get their originals back, whatever tests put there meanwhile."""
        for place in places:
            self.record.release(node, place=place)

    def undo_with_test(self, places: Collection[Place], node: ast.expr) -> None:
        """Note that pytest puts the originals back: after the test, or, for a fixture, after those that use it."""
        self.covers.extend(places)
        activation = self.record.activation
        if activation.is_fixture:
            with self.record.deferred(activation.hook.lifetime):
                self._put_back_all(places, node)

    def entered(self, patcher: Patcher) -> Value:
        """Return what entering a patch gives: the mock it puts in place."""
        if patcher.replacement is not UNKNOWN:
            return patcher.replacement
        if patcher.is_object:
            return union([patcher, MockObject()])  # whichever it returns
        return MockObject(patcher, has_spec=patcher.has_spec)

    def _call_stack(self, stack: Stack, name: str, arguments: Arguments, node: ast.expr) -> Value:
        first = arguments.get(0, "cm") or UNKNOWN
        if name in names.STACK_ENTERS:
            return self._enter_on(stack, first, node)
        if name in names.STACK_PUSHES or name in names.STACK_CALLBACKS:
            return self._hold_on(stack, arguments, node)
        if name in names.STACK_CLOSES:
            self.record.release(node, holder=stack)
            if not self.record.is_deferred:
                self.covers.remove(self._held_on(stack))
        elif name == "pop_all":
            moved = Stack(node)
            self._move(stack, moved)
            return moved
        elif name in names.CONTEXT_ENTERS:
            return stack
        return UNKNOWN

    def _enter_on(self, stack: Stack, manager: Value, node: ast.expr) -> Value:
        self.record.risk += 1
        for member in members(manager):
            if isinstance(member, HOLDABLE):
                member.held_by.append(stack)
            if isinstance(member, Patcher):
                self.acquire(Way.ENTERED, node, member, member.places, member.replacement)
                self.covers.extend(member.places)
                return self.entered(member)
        if isinstance(node, ast.Call) and node.args:
            self.covers.extend(self.kept_by(node.args[0]))
        return manager if isinstance(manager, (Stack, MonkeyPatch)) else UNKNOWN

    def _move(self, stack: Stack, other: Stack) -> None:
        """Give another stack all that a stack holds: to close the first releases nothing of it any more."""
        holders: list[Holdable] = [*self.record.patchers]
        holders += [each.holder for each in self.record.acquisitions if each.holder is not None]
        for holder in holders:
            if stack in holder.held_by and other not in holder.held_by:
                if not self.record.path:  # on other ways it may be the first that is closed
                    holder.held_by.remove(stack)
                holder.held_by.append(other)

    def _held_on(self, stack: Stack) -> list[Place]:
        """Return the places of the patches that were entered on a stack."""
        held = [each for each in self.record.acquisitions if each.holder is not None and stack in each.holder.held_by]
        return [place for each in held for place in each.places]

    def _hold_on(self, stack: Stack, arguments: Arguments, node: ast.expr) -> Value:
        """A callback or exit pushed on a stack is called when the stack is closed."""
        function = arguments.positional[0] if arguments.positional else UNKNOWN
        target = function.of if isinstance(function, Bound) else function
        for member in members(target):
            if isinstance(member, HOLDABLE):
                member.held_by.append(stack)
                return function
        with self.record.assured():
            self.apply(function, Arguments(arguments.positional[1:], arguments.named), node)
        return function

    def _call_monkeypatch(self, patch: MonkeyPatch, name: str, arguments: Arguments, node: ast.expr) -> Value:
        if name in names.MONKEYPATCH_SETTERS:
            place = self._monkeypatched(name, arguments, node)
            if patch.automatic:
                self.undo_with_test([place], node)
            elif not is_own_object(arguments.get(0, "target")):
                self.acquire(Way.ENTERED, node, patch, (place,))
                self.covers.extend([place])
        elif name in {"undo", "__exit__"}:
            self.record.release(node, holder=patch)
            places = [place for each in self.record.acquisitions if each.holder is patch for place in each.places]
            if self.record.activation.is_fixture:
                self._put_back_all(places, node)
            if not self.record.is_deferred:
                self.covers.remove(places)
        elif name == "context":
            return MonkeyPatch(node, automatic=True)
        return UNKNOWN

    def _monkeypatched(self, name: str, arguments: Arguments, node: ast.expr) -> Place:
        target, attribute = (arguments.get(0, "target") or UNKNOWN), (arguments.get(1, "name") or UNKNOWN)
        if name in {"setenv", "delenv"}:
            return place_at("os.environ", item_key("", target), "os.environ")
        if name in {"setitem", "delitem"} and isinstance(target, Shared):
            return place_at(target.path, item_key("", attribute), f"{target.path}[…]")
        if isinstance(target, Constant) and isinstance(target.value, str):
            return Place(target.value, target.value)
        if isinstance(target, Shared):
            return Place(f"{target.path}.{constant(attribute) or '?'}", f"{target.path}.{constant(attribute) or '…'}")
        return Place(f"?.{constant(attribute) or '?'}", written(node))

    def _call_mock(self, mock: MockObject, name: str, arguments: Arguments, node: ast.expr) -> Value:
        if mock.patcher is not None and name in {"stop", "__exit__"}:
            self.record.slip(Slip.ON_THE_MOCK, node, name, mock.patcher)
        self.escape_all(arguments, node)
        return MockObject()

    def _call_mocker(self, name: str, arguments: Arguments, node: ast.expr) -> Value:
        if name in names.PATCH_CALLS:
            self.undo_with_test(self.patched_places(name, arguments, node), node)
        if name in _MOCKER_PATCHES:
            given = arguments.get(_MOCKER_PATCHES[name], "new")
            return given if given is not None else MockObject(has_spec=has_spec(name, arguments))
        if name in names.MOCK_FACTORIES or name in {"stub", "spy", "async_stub"}:
            return MockObject(has_spec=name == "spy" or has_spec(name, arguments))
        return UNKNOWN

    def _call_container(self, container: Container, name: str, arguments: Arguments, node: ast.expr) -> Value:
        if isinstance(container, Namespace) and name in _SETS_FIELDS:
            self.escape_all(arguments, node)
        elif name in ADDS_ONE:
            container.extend((None, value) for value in arguments.positional[:1])
        elif name == "insert":
            container.extend((None, value) for value in arguments.positional[1:2])
        elif name in {"extend", "update"}:
            for argument in arguments.positional:
                container.extend(argument.items if isinstance(argument, Container) else [(None, argument)])
            container.extend((key, value) for key, value in arguments.named.items())
        elif name in {"pop", "popleft"} and not arguments.positional:
            return self.item(container)
        elif name in {"pop", "get", "setdefault"}:
            if name == "setdefault" and len(arguments.positional) > 1:
                container.items.append((constant(arguments.positional[0]), arguments.positional[1]))
            return container.get(constant(arguments.positional[0]) if arguments.positional else None)
        elif name == "items" and isinstance(container, Namespace):
            return container.rows()
        elif name == "values" and isinstance(container, Namespace):
            return Container(container.items)
        elif name == "items":
            return Container([(None, Container([(0, UNKNOWN), (1, self.item(container))]))])
        elif name == "popitem":
            return Container([(0, UNKNOWN), (1, self.item(container))])
        elif name == "keys":
            return container if isinstance(container, Namespace) else UNKNOWN
        elif name in {"values", "copy"}:
            return container
        return UNKNOWN
