"""Assignments: a name, a field, or a place that outlives the test."""

from __future__ import annotations

import ast
import re

from flake8_mockleak.model.evaluate import Evaluator, constant, is_data_by_name, is_own_code, item_key
from flake8_mockleak.model.facts import MockClassChange, Way
from flake8_mockleak.model.lifetime import Lifetime, Phase
from flake8_mockleak.model.names import MOCK_CLASSES, MOCK_CONFIGURATION, is_configuration_view
from flake8_mockleak.model.places import Kind, Place
from flake8_mockleak.model.source import ModuleSource, dotted_name, written
from flake8_mockleak.model.testcases import is_like_tests
from flake8_mockleak.model.triggers import NAMED_AS_SHARED
from flake8_mockleak.model.values import (
    NOTHING,
    UNKNOWN,
    Bound,
    Class,
    Constant,
    Container,
    Instance,
    MockClass,
    MockObject,
    MonkeyPatch,
    Namespace,
    Patcher,
    Record,
    Self,
    Shared,
    Stack,
    Union,
    Value,
    contents,
    members,
)

_CONFIGURATION = ("os.environ", "django.conf.settings")


class Writer(Evaluator):
    """Knows what an assignment does."""

    def assign(self, target: ast.expr, value: Value, node: ast.stmt | ast.expr) -> None:
        """Give a target its value."""
        if isinstance(target, ast.Name):
            self._assign_name(target.id, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._unpack(target, value, node)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, value, node)
        elif isinstance(target, ast.Attribute):
            self._assign_attribute(self.value(target.value), target.attr, value, node, target)
        elif isinstance(target, ast.Subscript):
            self._assign_item(self.value(target.value), self.value(target.slice), value, node, target)

    def _assign_name(self, name: str, value: Value) -> None:
        self.frame.home(name).names[name] = value
        self._held(value, name)

    def _held(self, value: Value, text: str) -> None:
        if isinstance(value, Container) and not value.items:
            self.record.activation.emptied.add(text)
        elif not (isinstance(value, Constant) and not value.value):
            self.record.activation.stored.add(text)
        for member in members(value):
            if isinstance(member, (Patcher, Stack, MonkeyPatch)):
                member.holders.append(text)
            elif isinstance(member, Record):
                for name, item in member.fields.items:
                    self._held(item, f"{text}.{name}")

    def _unpack(self, target: ast.Tuple | ast.List, value: Value, node: ast.stmt | ast.expr) -> None:
        elements = self.each(value)
        plain = not any(isinstance(element, ast.Starred) for element in target.elts)
        if isinstance(value, Container) and plain and len(elements) == len(target.elts):
            for element, item in zip(target.elts, elements):
                self.assign(element, item, node)
        else:
            for element in target.elts:
                self.assign(element, self.item(value), node)

    def _assign_attribute(
        self, of: Value, name: str, value: Value, node: ast.stmt | ast.expr, target: ast.Attribute
    ) -> None:
        if isinstance(of, Self):
            of.fields.values[name] = value
            self._held(value, written(target))
        elif isinstance(of, Class):
            of.source.attributes[name] = value
            self._held(value, written(target))
            self.write_to(of, f".{name}", written(target), value, node)
        elif isinstance(of, Record):
            of.fields.items.append((name, value))
            self._held(value, written(target))
        elif isinstance(of, MockObject):
            of.attributes[name] = value
            self.escape(value, node)
        elif isinstance(of, MockClass):
            self._change_mock_class(of, name, target)
        else:
            if isinstance(of, Instance):
                if isinstance(value, Instance):
                    of.objects[name] = value
                if self.record.origin is not None:
                    self.record.set_on_own.add((self.record.origin.path, node.lineno))
            is_open = of is UNKNOWN or isinstance(of, Bound)
            if is_open and (_OWN_CLASS.match(written(target.value)) or self.is_given_by_base(target.value)):
                self.record.open_questions.add(self.record.activation)  # a base class may have put an object there
            self.write_to(of, f".{name}", None, value, node, target)

    def is_given_by_base(self, node: ast.expr) -> bool:
        """Whether a base class of another file gives a field something shared: ``self.model``."""
        raise NotImplementedError

    def _change_mock_class(self, of: MockClass, name: str, target: ast.Attribute) -> None:
        if (dotted_name(target.value) or "").rpartition(".")[2] in MOCK_CLASSES:
            return  # named as what it is, so it is meant
        change = MockClassChange(target, written(target.value), name, of.name, self.record.origin)
        self.record.mock_class_changes.append(change)

    def _assign_item(
        self, of: Value, key: Value, value: Value, node: ast.stmt | ast.expr, target: ast.Subscript
    ) -> None:
        if isinstance(of, Namespace):
            if isinstance(key, Constant):
                of.set(key.value, value)
                self._held(value, written(target))
            else:
                self.escape(value, node)
        elif isinstance(of, Container):
            known = constant(key)
            if known is not None and self.record.activation.hook.phase is Phase.SETUP and not self.record.path:
                of.items[:] = [item for item in of.items if item[0] != known]  # whatever was there is out of reach
            of.items.append((known, value))
            self._held(value, written(target))
        elif isinstance(of, Shared):
            if not _is_own_name(target.slice):  # a module that puts something else in its own entry means to
                self.write_to(of, item_key("", key), None, value, node, target)
        else:
            self.escape(value, node)

    # Places

    def write_to(
        self,
        of: Value,
        suffix: str,
        text: str | None,
        value: Value,
        node: ast.stmt | ast.expr,
        target: ast.expr | None = None,
    ) -> None:
        """Put a value at ``of`` + ``suffix`` (``.name`` or ``[item]``)."""
        owners = list(members(of))
        if not all(isinstance(owner, Shared) for owner in owners):
            if not isinstance(of, Class):
                self.escape(value, node)
            return
        for owner in owners:
            assert isinstance(owner, Shared)
            if suffix[1:] in MOCK_CONFIGURATION or is_configuration_view(owner.path):
                return
            name = text or (written(target) if target is not None else owner.path + suffix)
            self.write_place(place_at(owner.path, suffix, name), value, node, target)

    def write_place(
        self, place: Place, value: Value, node: ast.stmt | ast.expr, target: ast.expr | None = None
    ) -> None:
        """Put a value at a place: a mock replaces the original, the original ends the replacement."""
        if self.covers and self._is_undone(place, target):
            return
        if self._inside_a_mock(place):
            return
        is_own = self._is_own_code(value, place)
        if self._puts_back_a_fake(place, value, node):
            self.put_back(place, value, node)
        elif has_mock(value) or is_own and self._is_of_tests(place) or self._configures(place, value):
            self.acquire(Way.ASSIGNED, node, places=(place,), replacement=value)
            self.replaced[place.key] = value
        elif is_own and self.record.activation.source is None:
            self.acquire(Way.ASSIGNED, node, places=(place,), replacement=value, may_stay=True)
            self.replaced[place.key] = value
        else:
            self.put_back(place, value, node)

    def _puts_back_a_fake(self, place: Place, value: Value, node: ast.AST) -> bool:
        """Whether a test puts back the very fake that the set-up had put there: ``shop.till = saved``."""
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Name)):
            return False
        family = self.record.activation.family
        return isinstance(value, (Instance, MockObject)) and any(
            acquisition.replacement is value
            and acquisition.places[0].key == place.key
            and acquisition.moment.activation.family is family
            and acquisition.moment.activation.hook.phase is Phase.SETUP
            for acquisition in self.record.acquisitions
        )

    def _is_undone(self, place: Place, target: ast.expr | None) -> bool:
        """Whether something undoes what is done at a place, however the target names it."""
        while isinstance(target, (ast.Attribute, ast.Subscript)):
            target = target.value
        found = self._imported(target.id) if isinstance(target, ast.Name) else None
        if found is None or not isinstance(target, ast.Name):
            return place in self.covers
        if any(map(self.covers.have, (f"{self.module.name}.{target.id}", f"?.{target.id}"))):
            return True  # the name itself is patched, in this very file
        # An item is put back by `patch.dict` of what was imported.
        imported = found.path if place.key.startswith(f"{found.path}.") else ""
        return self.covers.undo(place, imported, self.are_other_things)

    def are_other_things(self, path: str, other: str) -> bool:
        """Whether two paths are known to be different modules or classes."""
        raise NotImplementedError

    def _imported(self, name: str) -> Shared | None:
        """Return what an import at the module level has bound a name to, unless the name means something else here."""
        found = self.frame.top().names.get(name)
        return found if isinstance(found, Shared) and self.frame.lookup(name) is found else None

    def _is_own_code(self, value: Value, place: Place) -> bool:
        """Whether own code is put in place of the original."""
        if self.record.is_over:
            return False  # a default that is set again
        if self.record.activation.hook.lifetime is Lifetime.IMPORT and not self._is_replaced_on_import(place):
            return False
        if isinstance(value, Shared) and (self.record.is_ending or value.path == place.key):
            return False  # an original may have such a name too
        if isinstance(value, Container):
            return any(is_own_code(each) and not is_data_by_name(each) for each in contents(value))
        if isinstance(value, Union):
            return all(is_own_code(each) or has_mock(each) for each in value.members)
        return is_own_code(value) or isinstance(value, Shared) and self.is_class_of_tests(value.path)

    def is_class_of_tests(self, path: str) -> bool:
        """Whether a path names a class that a file of tests defines, for them to put in the place of another."""
        raise NotImplementedError

    def _is_replaced_on_import(self, place: Place) -> bool:
        """Whether the import of a file of tests replaces an attribute or a module.

        Another file, or one that does so under a condition or by a function, may extend a module for good.
        """
        is_plain = not (self.record.path or self.record.call_sites)
        return is_plain and place.kind is not Kind.ITEM and self.module.has_tests

    def _is_of_tests(self, place: Place) -> bool:
        """Whether what runs was called by tests, by the name and place of the outermost function.

        In a function that no test of the file calls, or in a class that is no test, own code may extend a module
        for good.
        """
        activation = self.record.activation
        source, hook = activation.source, activation.hook
        is_of_test = hook.lifetime is Lifetime.TEST and hook.phase is not Phase.TEARDOWN
        if self.is_around_tests or is_of_test and place.kind is Kind.MODULE_ENTRY:
            return True  # no test means a module to stay that was made up for it
        origin = self.record.origin
        if origin is not None and not origin.is_of_tests and not self._is_of_base_of_tests(origin):
            return False  # a class is called a Mixin or Base in other code too
        if source is None:
            helper = activation.node if hook.lifetime is Lifetime.BLOCK else None
            return helper is None or helper.name in self.module.decorators_of_tests
        return is_like_tests(source)

    def _is_of_base_of_tests(self, origin: ModuleSource) -> bool:
        """Whether a file has a base of the test case that runs, whatever the file is called."""
        source = self.record.activation.source
        if source is None or origin is source.module or not source.module.is_of_tests:
            return False
        return any(each.module is origin for each in source.ancestry())

    def put_back(self, place: Place, value: Value, node: ast.AST) -> None:
        """Record that a place gets something else than a mock."""
        self.record.release(node, place=place, restored=UNKNOWN if self._may_be_original(value, place, node) else value)
        self.replaced.pop(place.key, None)
        if isinstance(value, Instance):  # a new object: what is put in it goes with it
            self.replaced[place.key] = value
        if isinstance(value, Shared) and value.path != place.key:
            self.kept[place.key] = value  # an original, kept under another name of the same module

    def _may_be_original(self, value: Value, place: Place, node: ast.AST) -> bool:
        """Whether the value may be the original by another name: an import, or what was read off another place."""
        if not isinstance(value, Shared) or value.path == place.key or "." not in value.path:
            return False
        owner = place.key.rpartition(".")[0]
        if value.path in place.owners() or value.path.rpartition(".")[0] == owner:
            return False
        return place.name not in self.module.attributes_read or self._is_spelled_out(node)

    def _is_spelled_out(self, node: ast.AST) -> bool:
        """Whether an assignment names an import, not a local variable or a field where an original was kept."""
        root = (dotted_name(node.value) or "").partition(".")[0] if isinstance(node, ast.Assign) else ""
        return self._imported(root) is not None

    def _inside_a_mock(self, place: Place) -> bool:
        if "sys.modules[?]" in self.replaced:
            return True  # of the modules that a loop has replaced it may be one
        owners = [owner for owner in place.owners() if owner != place.key]
        return any(owner in self.replaced or f"sys.modules[{owner}]" in self.replaced for owner in owners)

    def _configures(self, place: Place, value: Value) -> bool:
        """Whether this sets a configuration value, rather than puts a saved one back."""
        if place.kind is not Kind.CONFIGURATION or self.record.is_ending:
            return False
        return not (isinstance(value, Shared) and value.path.startswith(_CONFIGURATION))

    def delete(self, target: ast.expr) -> None:
        """Evaluate ``del target``."""
        if isinstance(target, ast.Name):
            self.frame.names.pop(target.id, None)
        elif isinstance(target, ast.Attribute):
            of = self.value(target.value)
            if isinstance(of, Shared):
                self.put_back(place_at(of.path, f".{target.attr}", written(target)), NOTHING, target)
        elif isinstance(target, ast.Subscript):
            of, key = self.value(target.value), self.value(target.slice)
            if isinstance(of, Shared):
                self.put_back(place_at(of.path, item_key("", key), written(target)), UNKNOWN, target)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self.delete(element)


_OWN_CLASS = re.compile(
    rf"type\(self\.[\w.]+\)$|self\.[\w.]+\.__class__$|self\.\w*(?:{'|'.join(NAMED_AS_SHARED)})$"
)


def _is_own_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__name__"


def place_at(path: str, suffix: str, text: str) -> Place:
    """Return the place of that name or item of a shared thing; an item of its ``__dict__`` is an attribute."""
    if suffix[0] == "[" and path.endswith(".__dict__"):
        path, suffix = path.removesuffix(".__dict__"), f".{suffix[1:-1]}"
    if path == "sys.modules" and suffix[0] == "[":
        kind = Kind.MODULE_ENTRY
    elif path.startswith(_CONFIGURATION):
        kind = Kind.CONFIGURATION
    elif suffix[0] == "[":
        kind = Kind.ITEM
    else:
        kind = Kind.ATTRIBUTE
    return Place(path + suffix, text, kind)


def module_entry(name: Value) -> Place | None:
    """Return the entry of ``sys.modules`` that a module or its name stands for, ``None`` for any other value."""
    if isinstance(name, Shared) or isinstance(constant(name), str):
        return place_at("sys.modules", item_key("", name), "sys.modules")
    return None


def is_mock(value: Value | None) -> bool:
    """Whether the value is a mock, or the class of mocks."""
    if isinstance(value, Instance):
        return isinstance(value.of, Class) and is_mock_class(value.of)
    if isinstance(value, Class):
        return is_mock_class(value)
    return isinstance(value, (MockObject, MockClass)) or isinstance(value, Bound) and isinstance(value.of, MockObject)


def has_mock(value: Value | None) -> bool:
    """Whether the value is a mock, or a list, tuple or dict with one in it, whichever of several it is.

    A list with a sentinel in it, as the arguments of a command, is still plain data.
    """
    if isinstance(value, Union):
        return all(map(has_mock, value.members))
    if isinstance(value, Container):
        return any(is_mock(each) and not _is_sentinel(each) for each in contents(value))
    return is_mock(value)


def _is_sentinel(value: Value) -> bool:
    return isinstance(value, MockObject) and value.is_sentinel


def is_mock_class(value: Class) -> bool:
    """Whether a class of the file inherits from a class of the mock library."""
    return any(isinstance(base, MockClass) for source in value.source.ancestry() for base in source.bases)
