"""Measures how many leaks are found: breaks one release at a time in the tests of real projects, and lints the result.

    python benchmarks/recall.py ~/.cache/flake8-mockleak/*/ --missed

The directories are those of unpacked projects (``real_projects.py`` fetches some). No file is changed: the broken text
is linted under the name of the file it comes from, so that base classes and helpers in other files are found as ever.

A site counts as *found* if the broken file has a finding that the file itself has not. It is *silenced* if it is missed
and a plain ``patch("…").start()`` at the top of the same function would be missed too: then its base class or its
``conftest.py`` stops every started patch, or cannot be found, and nothing is to be learnt from the site.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from real_projects import test_files

from flake8_mockleak.plugin import Checker
from flake8_mockleak.rules import all_rules

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef

_CODES = frozenset(rule.code for rule in all_rules() if rule.default)
_WORTH_PARSING = re.compile(r"\bpatch|patch\.setattr|\.stop\b|Mock\b")
_PATCH = re.compile(r"(?:\w*mock\.)*patch(?:\.object|\.dict|\.multiple)?")
_NAMED_LIKE_A_PATCHER = re.compile(r"patch", re.IGNORECASE)
_REPLACEMENT = re.compile(r"Mock\b|\bmock\b|create_autospec|lambda|[fF]ake|[sS]tub")
_TEARDOWNS = frozenset(
    {"tearDown", "tearDownClass", "asyncTearDown", "teardown_method", "teardown_class", "tearDownModule"}
)
_MOCK_LIBRARY = re.compile(r"^(?:import mock|from mock import)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines ``first`` to ``last``, counted from 1, become ``text``; the ones before ``first`` if ``last`` is less."""

    first: int
    last: int
    text: tuple[str, ...] = ()

    @property
    def growth(self) -> int:
        """How many lines the file has more than before."""
        return len(self.text) - (self.last - self.first + 1)


@dataclass(frozen=True, slots=True)
class Site:
    """A release that can be broken, the function it stands in, and the edits that break it."""

    kind: str
    line: int
    function: FunctionDef
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one site: ``found`` are the new codes."""

    project: str
    path: Path
    site: Site
    found: tuple[str, ...]
    is_silenced: bool


@dataclass(slots=True)
class File:
    """One test file with what the mutations ask for."""

    tree: ast.Module
    lines: list[str]
    imports: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    patchers: set[str] = field(default_factory=set)
    harmless: set[str] = field(default_factory=set)
    replaced: dict[ast.AST, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for statement in self.tree.body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self.imports.update((alias.asname or alias.name).partition(".")[0] for alias in statement.names)
            elif isinstance(statement, ast.ClassDef):
                self.classes.add(statement.name)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign):
                self._note(node.targets, node.value)
            elif isinstance(node, ast.ClassDef):
                found = _replaced_places(node)
                self.replaced.update((method, found) for method in node.body)

    def _note(self, targets: list[ast.expr], value: ast.expr) -> None:
        if isinstance(value, ast.Call) and re.search(r"patch(?!.*\.start$)", ast.unparse(value.func)):
            known = self.patchers if self.outlives_test(value) else self.harmless
            known.update(map(ast.unparse, targets))

    def functions(self, body: list[ast.stmt] | None = None) -> Iterator[FunctionDef]:
        """Yield the functions of the module and the methods of its classes."""
        for node in self.tree.body if body is None else body:
            if isinstance(node, FunctionDef):
                yield node
            elif isinstance(node, ast.ClassDef):
                yield from self.functions(node.body)

    def is_patcher(self, node: ast.expr) -> bool:
        """Whether the file starts something of this name that is a patch, by what it is or else by how it is called."""
        text = ast.unparse(node)
        if isinstance(node, ast.Call):
            return _is_patch(node)
        return text in self.patchers or text not in self.harmless and bool(_NAMED_LIKE_A_PATCHER.search(text))

    def stands_alone(self, node: ast.stmt) -> bool:
        """Whether nothing else stands on the lines of a statement."""
        end = self.lines[(node.end_lineno or node.lineno) - 1].rstrip()
        before = self.lines[node.lineno - 1][: node.col_offset]
        return not before.strip() and len(end.encode()) == node.end_col_offset

    def outlives_test(self, patch: ast.AST) -> bool:
        """Whether a patch is of something that is not just an object of the test."""
        if not isinstance(patch, ast.Call) or not re.search(r"patch\.(object|multiple|dict)$", ast.unparse(patch.func)):
            return True
        target = patch.args[0] if patch.args else patch.func
        return isinstance(target, ast.Constant) or ast.unparse(target).partition(".")[0] in self.imports | self.classes


# What the mutations are made of


def _is_patch(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _PATCH.fullmatch(ast.unparse(node.func)) is not None


def _replaced_places(node: ast.AST) -> set[str]:
    """Return the attributes that get a mock or the like somewhere within."""
    return {
        ast.unparse(target)
        for statement in _statements(node)
        if isinstance(statement, ast.Assign) and _REPLACEMENT.search(ast.unparse(statement.value))
        for target in statement.targets
        if isinstance(target, ast.Attribute)
    }


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements within one, but not those of functions and classes in a function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        if isinstance(node, ast.ClassDef) or not isinstance(child, (FunctionDef, ast.ClassDef)):
            yield from _statements(child)


def _expressions(function: FunctionDef, file: File) -> Iterator[tuple[ast.Expr, ast.expr]]:
    for statement in _statements(function):
        if isinstance(statement, ast.Expr) and file.stands_alone(statement):
            yield statement, statement.value


def _replace(statement: ast.stmt, *text: str) -> Edit:
    indent = " " * statement.col_offset
    return Edit(statement.lineno, statement.end_lineno or statement.lineno, tuple(f"{indent}{line}\n" for line in text))


def _method_of(node: ast.expr, name: str) -> ast.expr | None:
    """Return ``x`` of ``x.name``."""
    return node.value if isinstance(node, ast.Attribute) and node.attr == name else None


def _stopped(node: ast.expr, file: File) -> ast.expr | None:
    """Return ``p`` of ``p.stop()``, where that is a patcher."""
    if isinstance(node, ast.Call) and not node.args:
        patcher = _method_of(node.func, "stop")
        if patcher is not None and file.is_patcher(patcher):
            return patcher
    return None


def _cleanups(function: FunctionDef, file: File) -> Iterator[tuple[ast.Expr, ast.Call, ast.expr]]:
    """Yield the statements ``self.addCleanup(p.stop)`` with their call and ``p``."""
    for statement, call in _expressions(function, file):
        if isinstance(call, ast.Call) and re.search(r"add\w*Cleanup$|addfinalizer$", ast.unparse(call.func)):
            patcher = _method_of(call.args[0], "stop") if len(call.args) == 1 else None
            if patcher is not None and file.is_patcher(patcher):
                yield statement, call, patcher


def _last_line(function: FunctionDef, file: File, *text: str) -> Edit | None:
    last = function.body[-1]
    if isinstance(last, (ast.Return, ast.Raise)) or not file.stands_alone(last):
        return None
    indent = " " * function.body[0].col_offset
    end = last.end_lineno or last.lineno
    return Edit(end + 1, end, tuple(f"{indent}{line}\n" for line in text))


def _dedented(block: list[ast.stmt], file: File, by: int) -> Edit:
    first, last = block[0].lineno, block[-1].end_lineno or block[-1].lineno
    lines = file.lines[first - 1 : last]
    return Edit(first, last, tuple(line[by:] if not line[:by].strip() else line for line in lines))


def _is_fixture(function: FunctionDef) -> bool:
    return any("fixture" in ast.unparse(decorator) for decorator in function.decorator_list)


# The mutations

Edits = Iterator[tuple[ast.AST, tuple[Edit, ...]]]
Mutation = Callable[[FunctionDef, File], Edits]


def cleanup_deleted(function: FunctionDef, file: File) -> Edits:
    """`addCleanup(p.stop)` is deleted"""
    for statement, _, _ in _cleanups(function, file):
        yield statement, (_replace(statement, "pass"),)


def cleanup_called(function: FunctionDef, file: File) -> Edits:
    """`addCleanup(p.stop)` becomes `addCleanup(p.stop())`"""
    for statement, call, _ in _cleanups(function, file):
        yield statement, (_replace(statement, f"{ast.unparse(call.func)}({ast.unparse(call.args[0])}())"),)


def cleanup_last(function: FunctionDef, file: File) -> Edits:
    """`addCleanup(p.stop)` becomes `p.stop()` at the end of the test"""
    if function.name.startswith("test"):
        for statement, call, _ in _cleanups(function, file):
            end = _last_line(function, file, f"{ast.unparse(call.args[0])}()")
            if end is not None and function.body[-1] is not statement:
                yield statement, (_replace(statement, "pass"), end)


def cleanup_of_mock(function: FunctionDef, file: File) -> Edits:
    """`m = p.start(); addCleanup(p.stop)` becomes `addCleanup(m.stop)`"""
    mocks: dict[str, str] = {}
    for statement in _statements(function):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            started = _method_of(statement.value.func, "start")
            if started is not None:
                mocks[ast.unparse(started)] = ast.unparse(statement.targets[0])
    for statement, call, patcher in _cleanups(function, file):
        mock = mocks.get(ast.unparse(patcher))
        if mock is not None:
            yield statement, (_replace(statement, f"{ast.unparse(call.func)}({mock}.stop)"),)


def teardown_stop_deleted(function: FunctionDef, file: File) -> Edits:
    """`p.stop()` in a teardown is deleted"""
    if function.name in _TEARDOWNS:
        for statement, value in _expressions(function, file):
            if _stopped(value, file) is not None:
                yield statement, (_replace(statement, "pass"),)


def fixture_stop_deleted(function: FunctionDef, file: File) -> Edits:
    """`p.stop()` in a fixture is deleted"""
    if _is_fixture(function):
        for statement, value in _expressions(function, file):
            if _stopped(value, file) is not None:
                yield statement, (_replace(statement, "pass"),)


def finally_stop_deleted(function: FunctionDef, file: File) -> Edits:
    """`p.stop()` in a `finally` is deleted"""
    for statement in _statements(function):
        for final in statement.finalbody if isinstance(statement, ast.Try) else ():
            if isinstance(final, ast.Expr) and _stopped(final.value, file) is not None and file.stands_alone(final):
                yield final, (_replace(final, "pass"),)


def stop_not_called(function: FunctionDef, file: File) -> Edits:
    """`p.stop()` becomes `p.stop`"""
    for statement, value in _expressions(function, file):
        patcher = _stopped(value, file)
        if patcher is not None:
            yield statement, (_replace(statement, f"{ast.unparse(patcher)}.stop"),)


def stopall_deleted(function: FunctionDef, file: File) -> Edits:
    """`patch.stopall()` in a teardown, or as a cleanup, is deleted"""
    if not any(".start()" in line for line in file.lines):
        return
    for statement, value in _expressions(function, file):
        text = ast.unparse(value)
        called = function.name in _TEARDOWNS and text.endswith("patch.stopall()")
        if called or text.endswith(("(mock.patch.stopall)", "(patch.stopall)")):
            yield statement, (_replace(statement, "pass"),)


def restore_deleted(function: FunctionDef, file: File) -> Edits:
    """`module.name = original` in a teardown or a `finally` is deleted"""
    places = Counter(ast.unparse(node.targets[0]) for node in _statements(function) if isinstance(node, ast.Assign))
    replaced = file.replaced.get(function) or _replaced_places(function)
    ending = list(_statements(function)) if function.name in _TEARDOWNS else []
    for node in _statements(function):
        if isinstance(node, ast.Try) and function.name not in _TEARDOWNS:
            ending.extend(node.finalbody)
    for statement in ending:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and file.stands_alone(statement):
            place = ast.unparse(statement.targets[0])
            if places[place] == 1 and place in replaced and place.partition(".")[0] in file.imports:
                if not _REPLACEMENT.search(ast.unparse(statement.value)):
                    yield statement, (_replace(statement, "pass"),)


def with_started(function: FunctionDef, file: File) -> Edits:
    """`with patch(…) as m:` becomes `m = patch(…).start()`"""
    for node in _withs(function, file):
        lines = [f"{_named(item)}{ast.unparse(item.context_expr)}.start()" for item in node.items]
        yield node, _opened(node, file, *lines)


def with_stopped_last(function: FunctionDef, file: File) -> Edits:
    """`with patch(…) as m:` becomes `p.start()` and, behind the block, `p.stop()`"""
    for node in _withs(function, file):
        if not any(isinstance(each, (ast.Return, ast.Raise, ast.Yield)) for each in ast.walk(node)):
            lines, stops = [], []
            for index, item in enumerate(node.items):
                lines += [f"patcher{index} = {ast.unparse(item.context_expr)}", f"{_named(item)}patcher{index}.start()"]
                stops.append(f"patcher{index}.stop()")
            yield node, (*_opened(node, file, *lines), _behind(node, *stops))


def with_assigned(function: FunctionDef, file: File) -> Edits:
    """`with patch.object(module, "name") as m:` becomes `module.name = Mock()`"""
    for node in _withs(function, file):
        if len(node.items) == 1 and isinstance(node.items[0].context_expr, ast.Call):
            place, mock = _place_and_mock(node.items[0].context_expr, file)
            if place:
                named = _named(node.items[0])
                yield node, _opened(node, file, f"{place} = {mock}", *([f"{named}{place}"] if named else []))


def _withs(function: FunctionDef, file: File) -> Iterator[ast.With]:
    """Yield the ``with`` statements that do nothing but patch what is shared."""
    local = {each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for node in _statements(function):
        if isinstance(node, ast.With) and file.stands_alone(node.body[-1]) and node.lineno < node.body[0].lineno:
            if all(_is_patch(each.context_expr) and file.outlives_test(each.context_expr) for each in node.items):
                if local.isdisjoint(name.id for item in node.items for name in _names(item.context_expr)):
                    yield node


def _names(node: ast.AST) -> Iterator[ast.Name]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Name))


def _named(item: ast.withitem) -> str:
    return f"{ast.unparse(item.optional_vars)} = " if item.optional_vars is not None else ""


def _opened(node: ast.With, file: File, *lines: str) -> tuple[Edit, ...]:
    """Return the edits that put lines in the place of a ``with`` and its block behind them."""
    header = Edit(node.lineno, node.body[0].lineno - 1, _replace(node, *lines).text)
    return header, _dedented(node.body, file, node.body[0].col_offset - node.col_offset)


def _behind(node: ast.stmt, *lines: str) -> Edit:
    end = node.end_lineno or node.lineno
    return Edit(end + 1, end, _replace(node, *lines).text)


def _place_and_mock(patch: ast.Call, file: File) -> tuple[str, str]:
    """Return what ``patch.object(module, "name")`` replaces and by what; nothing for any other patch."""
    library, is_object, _ = ast.unparse(patch.func).partition("patch.object")
    if not is_object or len(patch.args) not in {2, 3}:
        return "", ""
    owner, attribute = patch.args[:2]
    root = ast.unparse(owner).partition(".")[0]
    if root not in file.imports or root.isupper() or "(" in ast.unparse(owner):
        return "", ""
    if not isinstance(attribute, ast.Constant):
        return "", ""
    place = f"{ast.unparse(owner)}.{attribute.value!s}"
    if len(patch.args) == 3:
        replacement = ast.unparse(patch.args[2])
        return (place, replacement) if "Mock(" in replacement else ("", "")
    if not library and "Mock" not in file.imports or any(keyword.arg == "new" for keyword in patch.keywords):
        return "", ""
    return place, f"{library}Mock()"


def modules_assigned(function: FunctionDef, file: File) -> Edits:
    """`with patch.dict("sys.modules", {"a": m}):` becomes `sys.modules["a"] = m`"""
    for node in _withs(function, file):
        if len(node.items) == 1 and isinstance(node.items[0].context_expr, ast.Call):
            arguments = node.items[0].context_expr.args
            if len(arguments) == 2 and ast.unparse(arguments[0]).strip("'") == "sys.modules":
                if isinstance(arguments[1], ast.Dict) and None not in arguments[1].keys:
                    pairs = zip(arguments[1].keys, arguments[1].values)
                    lines = [f"sys.modules[{ast.unparse(key)}] = {ast.unparse(value)}" for key, value in pairs if key]
                    if any("Mock(" in line for line in lines):
                        yield node, _opened(node, file, "import sys", *lines)


def stack_not_closed(function: FunctionDef, file: File) -> Edits:
    """`with ExitStack() as stack:` becomes `stack = ExitStack()`"""
    for node in _statements(function):
        if isinstance(node, ast.With) and len(node.items) == 1 and file.stands_alone(node.body[-1]):
            item = node.items[0]
            text = "".join(file.lines[node.lineno - 1 : node.end_lineno])
            if ast.unparse(item.context_expr).endswith("ExitStack()") and item.optional_vars is not None:
                if re.search(r"enter_context\((?:mock\.)?patch\(", text):
                    yield node, _opened(node, file, f"{_named(item)}{ast.unparse(item.context_expr)}")


def monkeypatch_assigned(function: FunctionDef, file: File) -> Edits:
    """`monkeypatch.setattr(module, "name", fake)`, or `self.patch(…)`, becomes `module.name = fake`"""
    local = {node.name for node in ast.walk(function) if isinstance(node, (FunctionDef, ast.ClassDef))}
    for statement, call in _expressions(function, file):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"monkeypatch.setattr", "self.patch"}:
            if len(call.args) == 3 and isinstance(call.args[1], ast.Constant):
                owner, replacement = ast.unparse(call.args[0]), ast.unparse(call.args[2])
                is_shared = owner.partition(".")[0] in file.imports and not owner.isupper() and "(" not in owner
                if is_shared and (replacement in local or re.search(r"\b\w*Mock\(|^lambda\b", replacement)):
                    yield statement, (_replace(statement, f"{owner}.{call.args[1].value!s} = {replacement}"),)


def decorator_started(function: FunctionDef, file: File) -> Edits:
    """`@patch(…)` on a test becomes `m = patch(…).start()`, its first statement"""
    undecorated = _undecorated(function, file)
    if undecorated is not None:
        decorator, name, edits = undecorated
        yield function, (*edits, _first_line(function, f"{name} = {ast.unparse(decorator)}.start()"))


def decorator_assigned(function: FunctionDef, file: File) -> Edits:
    """`@patch.object(module, "name")` on a test becomes `module.name = Mock()`, its first statement"""
    undecorated = _undecorated(function, file)
    if undecorated is not None:
        decorator, name, edits = undecorated
        place, mock = _place_and_mock(decorator, file)
        if place:
            yield function, (*edits, _first_line(function, f"{place} = {mock}", f"{name} = {place}"))


def decorator_restored_last(function: FunctionDef, file: File) -> Edits:
    """`@patch.object(module, "name")` becomes `module.name = Mock()`, put back in the last statement"""
    undecorated = _undecorated(function, file)
    if undecorated is not None:
        decorator, name, edits = undecorated
        place, mock = _place_and_mock(decorator, file)
        end = _last_line(function, file, f"{place} = original")
        if place and end is not None:
            start = _first_line(function, f"original = {place}", f"{place} = {mock}", f"{name} = {place}")
            yield function, (*edits, start, end)


def _undecorated(function: FunctionDef, file: File) -> tuple[ast.Call, str, tuple[Edit, ...]] | None:
    """Return the only decorator of a test, the parameter it fills, and the edits that remove both."""
    if len(function.decorator_list) != 1 or not function.name.startswith("test"):
        return None
    decorator, parameters = function.decorator_list[0], [argument.arg for argument in function.args.args]
    header = file.lines[function.lineno - 1]
    if not isinstance(decorator, ast.Call) or not _is_patch(decorator) or not file.outlives_test(decorator):
        return None
    if not header.rstrip().endswith(":"):
        return None
    if "dict" in ast.unparse(decorator.func) or "multiple" in ast.unparse(decorator.func):
        return None
    name = parameters[-1] if parameters else "self"
    if name == "self" or len(parameters) > 2 or function.args.defaults:
        return None
    without = re.sub(rf"(?:, *)?\b{name}\b(?=\):)", "", header)
    deleted = Edit(decorator.lineno, decorator.end_lineno or decorator.lineno)
    return decorator, name, (deleted, Edit(function.lineno, function.lineno, (without,)))


def _first_line(function: FunctionDef, *text: str) -> Edit:
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(function.body) > 1
    line = (first.end_lineno or first.lineno) + 1 if is_docstring else first.lineno
    return Edit(line, line - 1, tuple(f"{' ' * first.col_offset}{each}\n" for each in text))


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__.replace("_", "-"): mutation
    for mutation in (
        cleanup_deleted,
        cleanup_called,
        cleanup_last,
        cleanup_of_mock,
        teardown_stop_deleted,
        fixture_stop_deleted,
        finally_stop_deleted,
        stop_not_called,
        stopall_deleted,
        restore_deleted,
        with_started,
        with_stopped_last,
        with_assigned,
        modules_assigned,
        stack_not_closed,
        monkeypatch_assigned,
        decorator_started,
        decorator_assigned,
        decorator_restored_last,
    )
}

_NOT_OF_STARTED_PATCHES = frozenset(
    {
        "cleanup-called",
        "stop-not-called",
        "restore-deleted",
        "with-assigned",
        "modules-assigned",
        "monkeypatch-assigned",
        "decorator-assigned",
        "decorator-restored-last",
    }
)
"""What a base class that stops every started patch does not make good, or should not: these are never silenced."""


# Running them


def sites(file: File) -> Iterator[Site]:
    """Yield what can be broken in a file."""
    for function in file.functions():
        for kind, mutation in MUTATIONS.items():
            for node, edits in mutation(function, file):
                yield Site(kind, node.lineno, function, edits)  # type: ignore[attr-defined]


def edited(lines: list[str], edits: Sequence[Edit]) -> list[str]:
    """Return the lines with all edits made."""
    result = list(lines)
    for edit in sorted(edits, key=lambda edit: (edit.first, edit.last), reverse=True):
        result[edit.first - 1 : edit.last] = edit.text
    return result


def moved(line: int, edits: Sequence[Edit]) -> int:
    """Return where a line stands when the edits are made."""
    return line + sum(edit.growth for edit in edits if edit.last < line)


def lint(lines: list[str], path: Path) -> Counter[tuple[int, str]] | None:
    """Return the line and code of each finding, and ``None`` if the text does not parse."""
    try:
        tree = ast.parse("".join(lines))
    except SyntaxError:
        return None
    findings = ((line, text.partition(" ")[0]) for line, _, text, _ in Checker(tree, str(path), lines).run())
    return Counter((line, code) for line, code in findings if code in _CODES)


def break_site(
    project: str, path: Path, lines: list[str], before: Counter[tuple[int, str]], site: Site
) -> Result | None:
    """Lint a file with one site broken; ``None`` if the result does not parse."""
    broken = edited(lines, site.edits)
    after = lint(broken, path)
    if after is None:
        return None
    known = Counter({(moved(line, site.edits), code): count for (line, code), count in before.items()})
    found = tuple(sorted(code for _, code in (after - known)))
    may_be_silenced = not found and site.kind not in _NOT_OF_STARTED_PATCHES
    return Result(project, path, site, found, may_be_silenced and _is_silenced(broken, path, site))


def _is_silenced(broken: list[str], path: Path, site: Site) -> bool:
    """Whether nothing at all is reported in the function of a site."""
    library = "mock" if _MOCK_LIBRARY.search("".join(broken)) else "unittest.mock"
    probe = _first_line(site.function, f"import {library} as probe", 'probe.patch("probe.probe").start()')
    line = moved(probe.first, site.edits)
    found = lint(edited(broken, [Edit(line, line - 1, probe.text)]), path)
    return found is None or not any(number == line + 1 for number, _ in found)


def measure(root: Path, limit: int, kinds: Sequence[str]) -> Iterator[Result]:
    """Break up to ``limit`` sites of each kind in a project, chosen at random but always the same."""
    files: dict[Path, list[str]] = {}
    by_kind: dict[str, list[tuple[Path, Site]]] = {kind: [] for kind in kinds}
    for path in test_files(root):
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        if not _WORTH_PARSING.search(text):
            continue
        try:
            file = File(ast.parse(text), text.splitlines(keepends=True))
        except (SyntaxError, ValueError):
            continue
        files[path] = file.lines
        for site in sites(file):
            if site.kind in by_kind:
                by_kind[site.kind].append((path, site))
    chosen: list[tuple[Path, Site]] = []
    for kind, found in by_kind.items():
        chosen += random.Random(kind).sample(found, limit) if len(found) > limit else found
    before: dict[Path, Counter[tuple[int, str]] | None] = {}
    with _working_in(root):
        for path, site in sorted(chosen, key=lambda each: each[0]):
            if path not in before:
                before[path] = lint(files[path], path)
            known = before[path]
            result = break_site(root.name, path, files[path], known, site) if known is not None else None
            if result is not None:
                yield result


@contextmanager
def _working_in(directory: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(directory)
    try:
        yield
    finally:
        os.chdir(before)


def table(results: Sequence[Result]) -> str:
    """Return the results as a table in Markdown, with a row for each mutation."""
    rows = [["mutation", "sites", "projects", "silenced", "found", "missed", "recall", "codes"]]
    rows.append(["---", *["---:"] * 6, "---"])
    for kind, mutation in [*MUTATIONS.items(), ("", None)]:
        group = [result for result in results if result.site.kind == kind or mutation is None]
        if not group:
            continue
        silenced = sum(result.is_silenced for result in group)
        found = sum(bool(result.found) for result in group)
        codes = Counter(code for result in group for code in set(result.found))
        rows.append(
            [
                str(mutation.__doc__) if mutation is not None else "all",
                str(len(group)),
                str(len({result.project for result in group})),
                str(silenced),
                str(found),
                str(len(group) - silenced - found),
                f"{found / max(1, len(group) - silenced):.1%}",
                ", ".join(f"{code} {count}" for code, count in codes.most_common(3)),
            ]
        )
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Break releases in the tests of real projects and lint them.")
    parser.add_argument("projects", nargs="+", type=Path, metavar="DIRECTORY", help="of an unpacked project")
    parser.add_argument("--limit", type=int, default=40, help="sites of one mutation in a project: %(default)s")
    parser.add_argument("--kind", action="append", choices=MUTATIONS, help="this mutation only; repeatable")
    parser.add_argument("--missed", action="store_true", help="list the sites that are missed")
    parser.add_argument("--silenced", action="store_true", help="list the sites that are silenced")
    arguments = parser.parse_args(argv)

    results: list[Result] = []
    for root in arguments.projects:
        found = list(measure(root.resolve(), arguments.limit, arguments.kind or list(MUTATIONS)))
        results += found
        print(f"{root.name}: {len(found)} sites", file=sys.stderr)
        for result in found:
            if not result.found and (arguments.silenced if result.is_silenced else arguments.missed):
                label = "silenced" if result.is_silenced else "missed"
                place = os.path.join(result.project, result.path)
                print(f"{place}:{result.site.line}: {label}: {result.site.kind}", flush=True)
    print(table(results), end="")


if __name__ == "__main__":
    main()
