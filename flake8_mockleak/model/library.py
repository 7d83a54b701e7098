"""What single functions of the standard library do, and the methods of shared containers and configurations."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import product

from flake8_mockleak.model.evaluate import constant, item_key
from flake8_mockleak.model.facts import Way
from flake8_mockleak.model.holders import HolderCalls
from flake8_mockleak.model.lifetime import HELPER, Lifetime, Phase
from flake8_mockleak.model.patches import Arguments
from flake8_mockleak.model.places import Kind, Place
from flake8_mockleak.model.source import written
from flake8_mockleak.model.triggers import is_registry
from flake8_mockleak.model.values import (
    NOTHING,
    UNKNOWN,
    Container,
    Function,
    Instance,
    MockClass,
    Partial,
    Record,
    RecordClass,
    Self,
    Shared,
    Value,
    members,
    union,
)
from flake8_mockleak.model.write import place_at

_CONTAINER_ADDS = frozenset({"append", "add", "insert", "extend", "update", "setdefault", "appendleft"})
_CONTAINER_REMOVALS = frozenset({"clear", "remove", "discard", "popitem"})
_REFILLS = frozenset({"clear", "update"})
_CONFIGURATION_RESETS = frozenset({"reset", "clear", "clear_override", "clear_default"})


class LibraryCalls(HolderCalls):
    """Knows functions of the standard library, and what is called on what other modules share."""

    def _container_method(self, head: str, name: str, arguments: Arguments, node: ast.expr) -> bool:
        """Calls that fill or empty a container of another module."""
        if not head:
            return False
        if head.endswith(".__dict__") and name in _REFILLS and self.record.is_ending:  # by a copy that was kept
            self.put_back(Place(head.removesuffix(".__dict__"), head), UNKNOWN, node)
            return True
        if name in _CONTAINER_ADDS and self._is_container(head):
            self._put_in(head, name, arguments, node)
            return True
        if name == "__setitem__":
            return self._set_item(Shared(head), arguments, node)
        if name in {"pop", "__delitem__"} and arguments.positional:
            key_place = place_at(head, item_key("", arguments.positional[0]), head)
            self.put_back(key_place, UNKNOWN, node)
            return True
        if name == "update" and self.record.is_ending:  # by a copy that was kept, most likely
            self.put_back(place_at(head, "[?]", head), UNKNOWN, node)
            return True
        if name in _CONTAINER_REMOVALS or name == "pop":
            self.put_back(place_at(head, "[?]", head), UNKNOWN, node)
            return name != "clear"
        return False

    def fill(self, container: Shared, added: Container, node: ast.AugAssign) -> None:
        """``shop.CHECKS += [fake]``: as ``extend`` does; what else stands for a container is not known."""
        if isinstance(node.op, (ast.Add, ast.BitOr)) and self._is_container(container.path):
            name = "extend" if isinstance(node.op, ast.Add) else "update"
            self._put_in(container.path, name, Arguments([added], {}), node)
        else:
            self.escape(added, node)

    def _put_in(self, head: str, name: str, arguments: Arguments, node: ast.expr | ast.AugAssign) -> None:
        for key, value in self._added(name, arguments):
            self.write_place(place_at(head, key or "[?]", _item_text(node, head, key)), value, node)

    def _set_item(self, of: Value, arguments: Arguments, node: ast.expr) -> bool:
        if len(arguments.positional) < 2:
            return False
        *_, key, value = arguments.positional
        self.write_to(of, item_key("", key), None, value, node)
        return True

    def _is_container(self, path: str) -> bool:
        """Whether the name reads like a container: what ``append`` and ``update`` do elsewhere is not known."""
        path = path.partition("[")[0]  # a list in a registry: `bus.subscribers["paid"].append`
        last = path.rpartition(".")[2]
        is_named = last.isupper() or last == "__dict__" or is_registry(path)
        return path in {"sys.modules", "os.environ"} or is_named

    def _added(self, name: str, arguments: Arguments) -> list[tuple[str | None, Value]]:
        if name in {"update", "extend"}:
            found: list[tuple[str | None, Value]] = []
            for argument in arguments.positional:
                items = argument.items if isinstance(argument, Container) else [(None, argument)]
                found.extend(
                    (f"[{key}]" if key is not None and name == "update" else None, item) for key, item in items
                )
            return found + [(f"[{key}]", value) for key, value in arguments.named.items()]
        if name == "setdefault" and len(arguments.positional) > 1:
            return [(item_key("", arguments.positional[0]), arguments.positional[1])]
        return [(None, value) for value in arguments.positional[-1:]]

    def _configuration_method(self, head: str, name: str, arguments: Arguments, node: ast.expr) -> bool:
        """Calls of oslo.config's ``CONF``."""
        if head.rpartition(".")[2] != "CONF":
            return False
        if name == "set_override":
            option, group = arguments.get(0, "name"), arguments.get(2, "group")
            label = ".".join(str(constant(part)) for part in (group, option) if part is not None)
            place = Place("CONF.?", f"CONF.{label}", kind=Kind.CONFIGURATION)
            self.acquire(Way.ASSIGNED, node, places=(place,))
            return True
        if name in _CONFIGURATION_RESETS:
            self.put_back(Place("CONF.?", "CONF", kind=Kind.CONFIGURATION), UNKNOWN, node)
            return True
        return False

    # Handlers of single functions of the standard library

    def setattr_on(self, arguments: Arguments, node: ast.expr) -> Value:
        """``setattr(object, name, value)``."""
        if len(arguments.positional) == 3:
            of, name, value = arguments.positional
            attribute = constant(name)
            if isinstance(of, Self):
                if attribute is not None:
                    of.fields.values[str(attribute)] = value
                else:
                    self.escape(value, node)
            elif isinstance(of, MockClass):
                return UNKNOWN
            elif isinstance(of, Record):
                of.fields.items.append((attribute, value))
            else:
                texts = _texts_of(name)
                for each in texts or ["?"]:
                    self.write_to(of, f".{each}", setattr_text(node, each), value, node)
                if of is UNKNOWN and not texts:
                    self._put_back_somewhere(value, node)
        elif arguments.positional:  # `setattr(*kept[:2], original)`
            self._put_back_somewhere(arguments.positional[-1], node)
        return UNKNOWN

    def _put_back_somewhere(self, value: Value, node: ast.expr) -> None:
        """An original goes to where it came from, though it is not known where that is.

        What is not known itself may be anything that the class, or another helper of the file, has replaced.
        """
        if not (self.record.is_ending or self.record.activation.hook is HELPER):
            return
        for each in members(value):
            if isinstance(each, Shared):
                owner, _, name = each.path.rpartition(".")
                self.put_back(place_at(owner, f".{name}", each.path), each, node)
            elif each is UNKNOWN and not self.record.activation.is_fixture:
                self.record.unknown_releases.append(self.record.activation)

    def delattr_on(self, arguments: Arguments, node: ast.expr) -> Value:
        """``delattr(object, name)``."""
        if len(arguments.positional) == 2:
            of, name = arguments.positional
            owners = [member for member in members(of) if isinstance(member, Shared)]
            for owner, each in product(owners, _texts_of(name) or ["?"]):
                self.put_back(place_at(owner.path, f".{each}", f"{owner.path}.{each}"), NOTHING, node)
        return UNKNOWN

    def set_item(self, arguments: Arguments, node: ast.expr) -> Value:
        """``operator.setitem(container, key, value)``."""
        if arguments.positional:
            self._set_item(arguments.positional[0], arguments, node)
        return UNKNOWN

    def delete_item(self, arguments: Arguments, node: ast.expr) -> Value:
        """``operator.delitem(container, key)``."""
        if len(arguments.positional) == 2 and isinstance(arguments.positional[0], Shared):
            of, key = arguments.positional
            assert isinstance(of, Shared)
            self.put_back(place_at(of.path, item_key("", key), of.path), UNKNOWN, node)
        return UNKNOWN

    def getattr_of(self, arguments: Arguments, node: ast.expr) -> Value:
        """``getattr(object, name)``."""
        if len(arguments.positional) > 1:
            of, name = arguments.positional[:2]
            texts = _texts_of(name)
            if texts:  # several in a loop over names
                return union([self.attribute(of, each) for each in texts])
            if isinstance(of, Shared):
                return Shared(f"{of.path}.?")
            if isinstance(of, Record):
                return of.fields.get(None)
        return UNKNOWN

    def members_of(self, arguments: Arguments, node: ast.expr) -> Value:
        """``inspect.getmembers(self)``: as ``vars(self).items()``."""
        of = arguments.positional[0] if arguments.positional else UNKNOWN
        return self.namespace(of).rows() if isinstance(of, Self) else UNKNOWN

    def partial(self, arguments: Arguments, node: ast.expr) -> Value:
        """``functools.partial(function, …)``."""
        if not arguments.positional:
            return UNKNOWN
        return Partial(arguments.positional[0], arguments.positional[1:])

    def named_tuple(self, arguments: Arguments, node: ast.expr) -> Value:
        """``collections.namedtuple("Pair", "one other")``, the names in a string or a list."""
        given = arguments.get(1, "field_names") or UNKNOWN
        if isinstance(given, Container):
            return RecordClass([str(constant(each)) for each in self.each(given)])
        names = constant(given)
        return RecordClass(names.replace(",", " ").split()) if isinstance(names, str) else UNKNOWN

    def field_of(self, arguments: Arguments, node: ast.expr) -> Value:
        """``dataclasses.field(default_factory=…)`` and ``attr.ib(factory=…)``: what each object gets."""
        factory = arguments.named.get("default_factory") or arguments.named.get("factory")
        return self.apply(factory, Arguments([], {}), node) if isinstance(factory, Function) else UNKNOWN

    def copied(self, arguments: Arguments, node: ast.expr) -> Value:
        """``copy.copy(original)``: as good as the original when it is put back, but not shared."""
        original = arguments.positional[0] if arguments.positional else UNKNOWN
        return Instance(UNKNOWN) if isinstance(original, Shared) else original

    def at_exit(self, arguments: Arguments, node: ast.expr) -> Value:
        """``atexit.register(function, …)``: too late for what a test replaces, as meant for a whole session."""
        function, *positional = arguments.positional or [UNKNOWN]
        activation = self.record.activation
        if activation.hook.lifetime is not Lifetime.TEST or activation.hook.phase is Phase.OTHER:
            self.escape_all(arguments, node)
            return function
        with self.record.deferred(Lifetime.SESSION):
            self.apply(function, Arguments(positional, arguments.named), node)
        return function

    def cast(self, arguments: Arguments, node: ast.expr) -> Value:
        """``typing.cast(type, value)``."""
        return arguments.positional[1] if len(arguments.positional) > 1 else UNKNOWN

    def reload(self, arguments: Arguments, node: ast.expr) -> Value:
        """``importlib.reload(module)`` puts every attribute of the module back."""
        self.record.risk += 1
        module = arguments.positional[0] if arguments.positional else UNKNOWN
        for member in members(module):
            if isinstance(member, Shared):
                self.put_back(Place(member.path, member.path), UNKNOWN, node)
        return module

    def import_module(self, arguments: Arguments, node: ast.expr) -> Value:
        """``importlib.import_module("a.b")``."""
        self.record.risk += 1
        name = constant(arguments.positional[0]) if arguments.positional else None
        return self.imported(name) if isinstance(name, str) else UNKNOWN

    def import_top(self, arguments: Arguments, node: ast.expr) -> Value:
        """``__import__("a.b")`` gives ``a``, unless it is told what to take from ``a.b``."""
        self.record.risk += 1
        name = constant(arguments.positional[0]) if len(arguments.all()) == 1 else None
        return self.imported(name.partition(".")[0]) if isinstance(name, str) else UNKNOWN


def setattr_text(node: ast.AST, name: str) -> str | None:
    """Return how the user would write the attribute that a ``setattr`` sets; ``shop.<name>`` where it goes by ``?``."""
    if isinstance(node, ast.Call) and len(node.args) == 3:
        return f"{written(node.args[0])}.{f'<{ast.unparse(node.args[1])}>' if name == '?' else name}"
    return None


def _texts_of(value: Value) -> list[str]:
    """Return the strings that a value may be; none, if it may be something else."""
    texts = [constant(member) for member in members(value)]
    return [str(text) for text in texts] if all(isinstance(text, str) for text in texts) else []


def _item_text(node: ast.expr | ast.AugAssign, head: str, key: str | None) -> str:
    """Return how the user would write the item that is put in a container; the container, if that is not known."""
    of: ast.expr | None = node.target if isinstance(node, ast.AugAssign) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of = node.func.value
    text = written(of) if of is not None else head
    if key is None:
        return text
    of_module = text.removesuffix(".__dict__").removeprefix("vars(").removesuffix(")")
    if of_module != text:
        return f"{of_module}.{key[1:-1]}"
    return f"{text}[{key[1:-1]!r}]"


HANDLERS: dict[str, Callable[[LibraryCalls, Arguments, ast.expr], Value]] = {
    "builtins.setattr": LibraryCalls.setattr_on,
    "builtins.delattr": LibraryCalls.delattr_on,
    "builtins.getattr": LibraryCalls.getattr_of,
    "builtins.__import__": LibraryCalls.import_top,
    "operator.setitem": LibraryCalls.set_item,
    "operator.delitem": LibraryCalls.delete_item,
    "functools.partial": LibraryCalls.partial,
    "inspect.getmembers": LibraryCalls.members_of,
    "collections.namedtuple": LibraryCalls.named_tuple,
    "dataclasses.field": LibraryCalls.field_of,
    "attr.ib": LibraryCalls.field_of,
    "attr.field": LibraryCalls.field_of,
    "attrs.field": LibraryCalls.field_of,
    "atexit.register": LibraryCalls.at_exit,
    "typing.cast": LibraryCalls.cast,
    "copy.copy": LibraryCalls.copied,
    "copy.deepcopy": LibraryCalls.copied,
    "importlib.reload": LibraryCalls.reload,
    "imp.reload": LibraryCalls.reload,
    "six.moves.reload_module": LibraryCalls.reload,
    "importlib.import_module": LibraryCalls.import_module,
}
