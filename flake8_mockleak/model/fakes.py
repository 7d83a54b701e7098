"""Hand-written fakes: those that keep one state for all tests, and those of key-value stores."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_mockleak.model.beyond import Beyond, link
from flake8_mockleak.model.files import is_file, stamp_of
from flake8_mockleak.model.signatures import Misfit, misfits
from flake8_mockleak.model.source import ClassSource, ModuleSource, dotted_name
from flake8_mockleak.model.values import Shared, Value

_NAMED_FAKE = re.compile(r"_*(?:(?:Fake|Stub|Dummy|Mock)(?:[A-Z0-9_]|$)|\w*[a-z0-9_](?:Fake|Stub|Dummy|Mock)$)")
_NAMED_STORE = (
    r"_*(?:Fake|Stub|Dummy|Mock|InMemory|Memory|Dict|Test)\w*(?:Cache|Store|Storage|Redis|Memcached?|KVS?)\w*$"
    r"|\w*(?:Cache|Store|Redis|Memcached?)(?:Client)?(?:Fake|Stub|Dummy)$"
)
_CONTAINERS = frozenset(
    {"list", "dict", "set", "defaultdict", "OrderedDict", "Counter", "deque", "UserDict", "UserList"}
)
_FILLS = frozenset({"append", "add", "extend", "insert", "update", "setdefault", "appendleft", "extendleft"})
_EMPTIES = frozenset({"clear", "pop", "popitem", "popleft", "remove", "discard", "difference_update"})
_PLAIN_DECORATORS = frozenset({"final", "typing.final", "total_ordering", "functools.total_ordering"})
_STORE_METHODS = frozenset({"get", "set", "delete"})
_CONFORMANCE = rb"\bconformance\("
_MAX_NEIGHBOURS = 200


class SharedState(NamedTuple):
    """A container in a fake's class body that one of its methods fills, so that all instances share what is in it."""

    node: ast.stmt
    class_name: str
    name: str
    kind: str
    line: int


class UnverifiedFake(NamedTuple):
    """A class in the tests that implements a store, and that no conformance class runs."""

    node: ast.ClassDef
    class_name: str


def shared_state(module: ModuleSource, beyond: Beyond) -> list[SharedState]:
    """Return the containers that the fakes at the module level of a file of tests share."""
    named = (source for source in _classes(module) if _NAMED_FAKE.match(source.name))
    return [state for source in named for state in _shared_state(source, beyond)] if module.is_test else []


def unverified_fakes(module: ModuleSource) -> list[UnverifiedFake]:
    """Return the stores at the module level of a file in the tests that no conformance class runs."""
    found = (each for each in _classes(module) if _is_store(each) and not _is_verified(each.name, module))
    return [UnverifiedFake(each.node, each.name) for each in found] if _is_in_tests(module) else []


def fake_signatures(module: ModuleSource) -> list[Misfit]:
    """Return the methods of fakes of clients, in a file in the tests, that do not take what the client's take."""
    return [misfit for source in _classes(module) for misfit in misfits(source)] if _is_in_tests(module) else []


def _classes(module: ModuleSource) -> Iterator[ClassSource]:
    """Yield the classes of the module level: another is made anew with its function, or not meant for others."""
    return (source for source in module.classes if not source.node.col_offset)


def _is_in_tests(module: ModuleSource) -> bool:
    if module.is_test:
        return True
    return any(part in {"test", "tests", "testing"} for part in os.path.abspath(module.path).split(os.sep)[:-1])


# State in a class body


def _shared_state(source: ClassSource, beyond: Beyond) -> Iterator[SharedState]:
    containers = dict(_containers(source.node.body))
    if not containers:
        return
    filled = {name: line for name in containers if (line := _filled(source, name))}
    text = source.module.whole_text if filled and _is_plain(source) else ""
    if text.count(source.name) < 2:
        return  # nothing that may be said of it here, or other files use it
    for name, line in filled.items():
        statement, kind = containers[name]
        if not _is_reset(text, source.name, name) and not _is_known_to_bases(source, name, beyond):
            yield SharedState(statement, source.name, name, kind, line)


def _containers(body: list[ast.stmt]) -> Iterator[tuple[str, tuple[ast.stmt, str]]]:
    """Yield the names that a class body gives an empty or filled list, dict or set."""
    for statement in body:
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        else:
            continue
        kind = _kind(value)
        for target in targets:
            if kind and isinstance(target, ast.Name) and not target.id.startswith("__"):
                yield target.id, (statement, kind)


def _kind(value: ast.expr) -> str:
    if isinstance(value, ast.Call):
        name = (dotted_name(value.func) or "").rpartition(".")[2]
        return name if name in _CONTAINERS else ""
    for kind, displays in (
        ("list", (ast.List, ast.ListComp)),
        ("dict", (ast.Dict, ast.DictComp)),
        ("set", (ast.Set, ast.SetComp)),
    ):
        if isinstance(value, displays):
            return kind
    return ""


def _is_plain(source: ClassSource) -> bool:
    """Whether nothing but its body makes the class's attributes: no metaclass, and no decorator that is not known."""
    node = source.node
    if node.keywords or any(dotted_name(each) not in _PLAIN_DECORATORS for each in node.decorator_list):
        return False
    return re.search(r"setattr\(|__dict__|\bvars\(|__new__|__getattr|\bcopy\b|deepcopy", source.text()) is None


def _filled(source: ClassSource, name: str) -> int:
    """Return the line in which a method of the class puts something in its container, 0 if none does."""
    owners = {"self", "cls", source.name}
    for method in source.methods.values():
        if f".{name}" not in source.module.text_of(method):
            continue
        for node in ast.walk(method):
            container: ast.expr | None = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILLS:
                container = node.func.value
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                container = node.value
            while isinstance(container, ast.Subscript):  # `self.by_user[name].append(…)` of a defaultdict
                container = container.value
            if isinstance(container, ast.Attribute) and container.attr == name:
                owner = dotted_name(container.value) or ast.unparse(container.value)
                if owner in owners or owner in {"self.__class__", "type(self)"}:
                    return int(getattr(node, "lineno", 0))
    return 0


def _is_reset(text: str, class_name: str, name: str) -> bool:
    """Whether the file gives the name a new value anywhere, takes something out of it, or patches it."""
    is_base = re.search(rf"\bclass \w+\([^)\n]*\b{class_name}\b", text) is not None
    if is_base and len(re.findall(rf"\n[ \t]+{name}\s*(?::[^=\n]+)?=[^=]", text)) > 1:
        return True  # a subclass has a container of its own
    empties = "|".join(sorted(_EMPTIES))
    again = (
        rf"\.{name}\s*(?::[^=\n]+)?=[^=]|\.{name}\b[^\n=]*,[^\n=]*=[^=]|\.{name}\.(?:{empties})\("
        rf"|\bdel\s[^\n]*\.{name}\b|\.{name}\[:\]|[\"'][\w.]*\b{class_name}\.{name}[\"']"
        rf"|(?:patch|attr)[\w.]*\([^()]*[\"']{name}[\"']|(?:patch|reset|clear|restore)[\w.]*\([^()\n]*\.{name}\b"
    )
    return re.search(again, text) is not None


def _is_known_to_bases(source: ClassSource, name: str, beyond: Beyond) -> bool:
    """Whether a base or ``conftest.py`` may give instances a container of their own; one that cannot be read may."""
    if not link(source, beyond, _is_object):
        return True
    bases = (ancestor for ancestor in source.ancestry() if ancestor is not source)
    if any(re.search(rf"\.{name}\b|__init_subclass__|__new__", ancestor.text()) for ancestor in bases):
        return True
    return any(module is None or source.name in "".join(module.lines) for _, module in beyond.conftests())


def _is_object(base: Value) -> bool:
    return isinstance(base, Shared) and base.path in {
        "builtins.object",
        "builtins.Exception",
        "abc.ABC",
        "typing.Generic",
    }


# Stores


def _is_store(source: ClassSource) -> bool:
    """Whether a class implements a key-value store: a backend of dogpile, or by its name and its methods."""
    for base in source.bases:
        if isinstance(base, Shared) and base.path.startswith("dogpile.") and base.path.endswith("CacheBackend"):
            return True
    return _STORE_METHODS <= source.methods.keys() and re.match(_NAMED_STORE, source.name) is not None


def _is_verified(class_name: str, module: ModuleSource) -> bool:
    """Whether a call of ``conformance`` names the class, in its file or in a test file next to it, or may do so."""
    neighbours = _neighbours(module)
    if neighbours is None:
        return True
    texts = [module.whole_text.encode(errors="replace"), *neighbours]
    word = re.compile(rb"\b%s\b" % class_name.encode())
    for text in texts:
        for match in re.finditer(_CONFORMANCE, text):
            arguments = _call(text, match.end())
            if any(word.search(each) for each in (arguments, *_functions(arguments, text))):
                return True
    return False


def _functions(names: bytes, text: bytes) -> Iterator[bytes]:
    """Yield the functions of a text that are named in another: ``conformance(make, …)``."""
    for name in re.findall(rb"[A-Za-z_]\w*", names):
        found = re.search(rb"^([ \t]*)def %s\(.*\n(?:\1[ \t].*\n|[ \t]*\n)*" % name, text, re.MULTILINE)
        if found is not None:
            yield found.group()


def _call(text: bytes, start: int) -> bytes:
    """Return the arguments of a call, from behind its parenthesis to where as many are closed as are opened."""
    depth = 1
    for match in re.finditer(rb"[()]", text[start:]):
        depth += 1 if match.group() == b"(" else -1
        if depth == 0:
            return text[start : start + match.start()]
    return text[start:]


def _neighbours(module: ModuleSource) -> list[bytes] | None:
    """Return the test files next to a file; ``None`` if they are too many, or one of them is too large."""
    path = os.path.abspath(module.path)
    directory = os.path.dirname(path)
    try:
        names = [name for name in os.listdir(directory) if name.endswith(".py") and "test" in name]
    except OSError:
        return []
    if len(names) > _MAX_NEIGHBOURS:
        return None
    texts = []
    for neighbour in (os.path.join(directory, name) for name in names):
        if neighbour != path and is_file(neighbour):
            if stamp_of(neighbour) is None:
                return None
            try:
                with open(neighbour, "rb") as file:
                    texts.append(file.read())
            except OSError:
                return None
    return texts
