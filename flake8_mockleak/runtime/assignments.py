"""Names the line that replaced something by hand, once a snapshot has found that something did.

The text of the files that can have done it is parsed, which happens for a leak and not before. The names that it
assigns through are looked up in the loaded modules, without running code of theirs: a line whose names lead to another
object is out, one whose names lead to the very object is certain, and one through a local name is a guess.
"""

from __future__ import annotations

import ast
import os
import sys
from _ast import PyCF_ONLY_AST
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from types import FunctionType
from typing import Any, NamedTuple

from flake8_mockleak.runtime import sources, statics
from flake8_mockleak.runtime.frames import PHASES
from flake8_mockleak.runtime.ledger import Kind
from flake8_mockleak.runtime.namespaces import Change

_environ = os.environ

_FILLS = frozenset({"append", "add", "insert", "update", "setdefault", "extend", "appendleft"})
_DEPTH = 4
_NEW = "new mock"
"""What a local name stands for to which a mock is assigned that was made on the spot: nothing shared."""
_new = object()
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Scope(NamedTuple):
    """A function: its name, that of the class around it, its lines, and what its local names stand for.

    A local name stands for a dotted one (an import, an alias), or for None where only a run can tell.
    """

    name: str
    cls: str
    first: int
    last: int
    names: dict[str, str | None]
    outer: Scope | None

    @property
    def sets_up(self) -> bool:
        """Whether a runner calls it around tests."""
        return self.name in PHASES


class Store(NamedTuple):
    """One line that assigns: to ``name`` of the object that the dotted ``root`` stands for, in a scope.

    The root is empty for a global name of the module itself, and None where it is no dotted name; the name is None
    where it is no constant. ``item`` tells an item of a container from an attribute, ``value`` is the dotted name that
    is assigned, if it is one, and ``fresh`` tells that a call or a lambda is. With ``of_type`` the object is the class
    of the root.
    """

    root: str | None
    name: str | None
    item: bool
    line: int
    scope: Scope | None
    value: str | None
    fresh: bool = False
    of_type: bool = False


class Fit(IntEnum):
    """How well a line fits a change, best first."""

    SAME = 0
    UNKNOWN = 1


class Candidate(NamedTuple):
    """A line that may have made a change."""

    fit: Fit
    path: str
    line: int
    scope: Scope | None

    def covers(self, path: str, lines: tuple[int, int]) -> bool:
        """Whether it stands between those lines of a file."""
        return self.path == path and lines[0] <= self.line <= lines[1]


def candidates(paths: Iterable[str], change: Change) -> list[Candidate]:
    """Return the lines of some files that may have made a change, in the order of the files and of their lines."""
    found: list[Candidate] = []
    wanted = _Wanted(change)
    likely = [path for path in dict.fromkeys(paths) if _has_any(wanted.spellings, sources.text_of(path))]
    if not likely:
        return []
    modules = {statics.member(module, "__file__"): module for _, module in statics.modules()}
    for path in likely:
        module = modules.get(path)
        for store in stores(path):
            fit = _fit(store, wanted, module)
            if fit is not None:
                found.append(Candidate(fit, path, store.line, store.scope))
    return _narrowed(found, change)


def _has_any(spellings: Iterable[str], text: str) -> bool:
    return any(spelling in text for spelling in spellings)


class _Wanted:
    """A change as a line of code would say it; the text of the line's file holds one of the spellings."""

    def __init__(self, change: Change) -> None:
        self.item = change.place.endswith("]")
        self.owner = _environ if change.kind == Kind.CONFIGURATION else change.owner
        key = change.place.rpartition("[")[2].removesuffix("]") if self.item else change.name
        self.name = key if type(key) is str and key != "?" else None
        self.after = change.after
        self.restored = change.kind == Kind.RESTORED_OTHERWISE
        self.spellings = (self.name, "setattr(", "update(") if self.name and not self.item else ("[", "(")


def _narrowed(found: list[Candidate], change: Change) -> list[Candidate]:
    """Keep the lines of the function in which what was put there is defined, if there are any."""
    after = change.after
    if type(after) is not FunctionType or statics.mock_in(after) is not None:
        return found
    code = after.__code__
    inside = [
        each
        for each in found
        if each.scope is not None
        and each.path == code.co_filename
        and each.scope.first < code.co_firstlineno <= each.scope.last
    ]
    return inside or found


def _fit(store: Store, wanted: _Wanted, module: object | None) -> Fit | None:
    if store.item is not wanted.item:
        return None
    if store.name is not None and wanted.name is not None and store.name != wanted.name:
        return None
    if store.fresh and wanted.restored:
        return None
    if store.value is not None:
        value = _resolve(store.value, store.scope, module)
        if value is not statics.MISSING and value is not _new and value is not wanted.after:
            return None
    if store.root == "":
        return Fit.SAME if module is wanted.owner else None
    owner = statics.MISSING if store.root is None else _resolve(store.root, store.scope, module)
    if store.of_type and owner is not statics.MISSING and owner is not _new:
        owner = type(owner)
    if owner is statics.MISSING:
        return Fit.UNKNOWN if store.name is not None and wanted.name is not None else None
    if owner is statics.member(sys, "modules"):
        owner = statics.MODULES  # a test may have put a copy there; imports still go by the real one
    return Fit.SAME if owner is wanted.owner else None


def _resolve(dotted: str, scope: Scope | None, module: object | None) -> object:
    """Return the object that a dotted name stands for in a scope, or ``MISSING``."""
    for _ in range(_DEPTH):
        if dotted.startswith("import "):
            return statics.reach(dotted.removeprefix("import "))
        head, _, rest = dotted.partition(".")
        inner = scope
        while inner is not None and head not in inner.names:
            inner = inner.outer
        if inner is None:
            found = statics.MISSING if module is None else statics.member(module, head)
            return found if found is statics.MISSING else _walk(found, rest)
        meant = inner.names[head]
        if meant is None:
            return statics.MISSING
        if meant == _NEW:
            return _new
        dotted, scope = f"{meant}.{rest}" if rest else meant, inner.outer if meant == head else inner
    return statics.MISSING


def _walk(value: object, rest: str) -> object:
    for name in rest.split(".") if rest else ():
        value = statics.inherited(value, name)
        if value is statics.MISSING:
            break
    return value


@lru_cache(maxsize=128)
def stores(path: str) -> tuple[Store, ...]:
    """Return the lines of a file that assign to an attribute, an item or a global name; none if it does not parse."""
    try:
        # Not by ``ast.parse``, which a test may have replaced before this module was imported.
        tree: Any = compile(sources.text_of(path), path, "exec", PyCF_ONLY_AST, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    found: list[Store] = []
    _visit(tree.body, None, "", frozenset(), found)
    return tuple(sorted(found, key=lambda store: store.line))


def _visit(
    nodes: Iterable[ast.AST], scope: Scope | None, cls: str, global_names: frozenset[str], found: list[Store]
) -> None:
    for node in nodes:
        if isinstance(node, _FUNCTIONS):
            inner = _scope(node, scope, cls)
            declared = {name for each in ast.walk(node) if isinstance(each, ast.Global) for name in each.names}
            _visit(node.decorator_list, scope, cls, global_names, found)
            _visit(node.body, inner, cls, frozenset(declared), found)
            continue
        if isinstance(node, ast.ClassDef):
            _visit(node.body, scope, f"{cls}.{node.name}" if cls else node.name, global_names, found)
            continue
        found.extend(_stores_of(node, scope, global_names))
        _visit(ast.iter_child_nodes(node), scope, cls, global_names, found)


def _scope(node: ast.FunctionDef | ast.AsyncFunctionDef, outer: Scope | None, cls: str) -> Scope:
    names: dict[str, str | None] = {}
    arguments = node.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if argument is not None:
            names[argument.arg] = None
    declared = set()
    for each in _own_nodes(node.body):
        if isinstance(each, (ast.Global, ast.Nonlocal)):
            declared.update(each.names)
        elif isinstance(each, ast.Import):
            for alias in each.names:
                first = alias.name.partition(".")[0]
                names[alias.asname or first] = f"import {alias.name if alias.asname else first}"
        elif isinstance(each, ast.ImportFrom):
            for alias in each.names:
                whole = f"import {each.module}.{alias.name}" if each.module and not each.level else None
                names[alias.asname or alias.name] = whole
        elif isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name):
            name = each.targets[0].id
            names[name] = (_NEW if _is_new_mock(each.value) else dotted(each.value)) if name not in names else None
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            names.setdefault(each.id, None)
        elif isinstance(each, (*_FUNCTIONS, ast.ClassDef)):
            names[each.name] = None
    for name in declared:
        names.pop(name, None)
    last = node.end_lineno or node.lineno
    return Scope(node.name, cls, min([node.lineno, *(each.lineno for each in node.decorator_list)]), last, names, outer)


def _is_new_mock(value: ast.expr) -> bool:
    name = dotted(value.func) if isinstance(value, ast.Call) else None
    return name is not None and name.endswith("Mock")


def _own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of a function that are its own, not those of the functions and classes in it."""
    for node in body:
        yield node
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            yield from _own_nodes(ast.iter_child_nodes(node))


def _stores_of(node: ast.AST, scope: Scope | None, global_names: frozenset[str]) -> Iterator[Store]:
    if isinstance(node, ast.Call):
        yield from _call(node, scope)
        return
    targets: list[ast.expr] = []
    value: str | None = None
    fresh = False
    if isinstance(node, ast.Assign):
        targets = node.targets
        value, fresh = dotted(node.value), isinstance(node.value, (ast.Call, ast.Lambda))
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
        targets = [node.target]
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        targets = [item.optional_vars for item in node.items if item.optional_vars is not None]
    for target in targets:
        for each in _flat(target):
            store = _store(each, value if each is target else None, scope, global_names)
            if store is not None:
                yield store._replace(fresh=fresh)


def _flat(target: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, (ast.Tuple, ast.List)):
        for each in target.elts:
            yield from _flat(each)
    else:
        yield target.value if isinstance(target, ast.Starred) else target


def _store(target: ast.expr, value: str | None, scope: Scope | None, global_names: frozenset[str]) -> Store | None:
    line = target.lineno
    if isinstance(target, ast.Attribute):
        return _attribute(target.value, target.attr, line, scope, value)
    if isinstance(target, ast.Subscript):
        key = target.slice.value if isinstance(target.slice, ast.Constant) else None
        name = key if isinstance(key, str) else None
        if isinstance(target.value, ast.Attribute) and target.value.attr == "__dict__":
            return Store(dotted(target.value.value), name, False, line, scope, value)
        return Store(dotted(target.value), name, True, line, scope, value)
    if isinstance(target, ast.Name) and target.id in global_names:
        return Store("", target.id, False, line, scope, value)
    return None


def _attribute(owner: ast.expr, name: str | None, line: int, scope: Scope | None, value: str | None) -> Store:
    """Return the store of an attribute of an object, or of ``type(an object)``."""
    if isinstance(owner, ast.Call) and len(owner.args) == 1 and dotted(owner.func) == "type":
        return Store(dotted(owner.args[0]), name, False, line, scope, value, of_type=True)
    return Store(dotted(owner), name, False, line, scope, value)


def _call(node: ast.Call, scope: Scope | None) -> Iterator[Store]:
    function = node.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if called in ("setattr", "setitem", "__setattr__") and node.args:
        item = called == "setitem"
        first = _text(node.args[0])
        if first is not None:  # monkeypatch.setattr("package.module.name", value)
            root, _, name = first.rpartition(".")
            if root:
                yield Store(f"import {root}", name, item, node.lineno, scope, None)
        elif len(node.args) >= 2:
            value = dotted(node.args[2]) if len(node.args) > 2 else None
            store = _attribute(node.args[0], _text(node.args[1]), node.lineno, scope, value)
            yield store._replace(item=item)
    elif called in _FILLS and isinstance(function, ast.Attribute):
        yield Store(dotted(function.value), None, True, node.lineno, scope, None)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def dotted(node: ast.expr) -> str | None:
    """Return a name with its attributes as it is written; None for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])
