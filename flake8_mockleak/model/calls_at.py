"""Finds calls by their text and tells what stands around them, without a walk through the whole tree."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_mockleak.model.definitions import bound_by, import_paths
from flake8_mockleak.model.names import MOCKER_FIXTURES
from flake8_mockleak.model.source import FunctionDef, ModuleSource, is_always_taken

_EXPECTS_ERROR = r"(?i)raises|suppress|warns"
_EXPECTED = r"aises\w*\(\s*\(?\s*(?:[\w., ]*\b)?(?:AttributeError|ModuleNotFoundError|ImportError|Exception)\b"
_CONDITIONAL_SKIP = r"(?i)skip_?(?:if|unless)|requires|xfail|only"


class Site(NamedTuple):
    """A call, with the nodes around it from the module inwards."""

    node: ast.Call
    around: tuple[ast.AST, ...]
    module: ModuleSource

    def path(self, dotted: str) -> str | None:
        """Return the import path of a name as it is seen from the call; ``None`` if it is not imported."""
        root, dot, rest = dotted.partition(".")
        for scope in self._scopes():
            bound = set(_bindings(scope, root))
            if bound:
                only = bound.pop()
                return None if bound or only is None else f"{only}{dot}{rest}"
        return self.module.imported_path(dotted) or None

    def _scopes(self) -> Iterator[FunctionDef | ast.ClassDef | ast.Lambda]:
        """Yield the functions and classes whose names the call sees, the inmost first."""
        in_function = False
        for outer, inner in reversed(list(zip(self.around, (*self.around[1:], self.node)))):
            if isinstance(outer, ast.Lambda) or isinstance(outer, FunctionDef) and inner not in outer.decorator_list:
                in_function = True
                yield outer
            elif isinstance(outer, ast.ClassDef) and not in_function and inner in outer.body:
                yield outer

    def is_of_mocker(self, dotted: str) -> bool:
        """Whether a name is one of pytest-mock's fixtures, taken as a parameter."""
        root = dotted.partition(".")[0]
        if root not in MOCKER_FIXTURES:
            return False
        functions = [scope for scope in self.around if isinstance(scope, FunctionDef)]
        return any(root == each.arg for scope in functions for each in (*scope.args.args, *scope.args.kwonlyargs))

    @property
    def is_guarded(self) -> bool:
        """Whether the call may not be reached, or is expected to fail."""
        for outer, inner in zip(self.around, (*self.around[1:], self.node)):
            if is_always_taken(outer):
                continue
            if isinstance(outer, (ast.If, ast.IfExp)) or isinstance(outer, ast.Try) and outer.handlers:
                return True
            if isinstance(outer, (ast.With, ast.AsyncWith)):
                contexts = [ast.unparse(item.context_expr) for item in outer.items if item is not inner]
                if any(re.search(_EXPECTS_ERROR, context) for context in contexts):
                    return True
            if isinstance(outer, (FunctionDef, ast.ClassDef)):
                decorators = [ast.unparse(each) for each in outer.decorator_list if each is not inner]
                if any(re.search(_CONDITIONAL_SKIP, decorator) for decorator in decorators):
                    return True
            if isinstance(outer, FunctionDef):
                text = self.module.text_of(outer)
                if re.search(_EXPECTED, text) is not None:
                    return True
        return False


def _bindings(scope: FunctionDef | ast.ClassDef | ast.Lambda, name: str) -> Iterator[str | None]:
    """Yield what a scope makes of a name: the path of an import, ``None`` for anything else."""
    if not isinstance(scope, ast.ClassDef):
        arguments = scope.args
        for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
            if each is not None and each.arg == name:
                yield None
    if isinstance(scope, ast.Lambda):
        return
    within = scope.body if isinstance(scope, ast.ClassDef) else (part for each in scope.body for part in ast.walk(each))
    for node in within:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for bound, path in import_paths(node):
                if bound == name:
                    yield None if path.startswith(".") else path
        elif isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load):
            yield None
        elif isinstance(node, (*_DEFINITIONS, ast.Try, ast.Assign)) and name in bound_by(node):
            yield None


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def calls_on(module: ModuleSource, line: int) -> Iterator[Site]:
    """Yield the calls whose function's name ends on a line."""
    pending: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(module.tree, ())]
    while pending:
        node, around = pending.pop()
        if isinstance(node, ast.Call) and node.func.end_lineno == line:
            yield Site(node, around, module)
        inner = (*around, node)
        pending.extend((child, inner) for child in _children(node, line) if _spans(child, line))


def _children(node: ast.AST, line: int) -> Iterable[ast.AST]:
    """Return the parts of a node among which one on that line is; modules and classes may have thousands."""
    if not isinstance(node, (ast.Module, ast.ClassDef)):
        return ast.iter_child_nodes(node)
    index = bisect_right(node.body, line, key=_first_line)  # the one behind may have a decorator on that line
    around = node.body[max(0, index - 1) : index + 1]
    return around if isinstance(node, ast.Module) else [*node.decorator_list, *node.bases, *node.keywords, *around]


def _first_line(statement: ast.stmt) -> int:
    return statement.lineno


def _spans(node: ast.AST, line: int) -> bool:
    first: int | None = getattr(node, "lineno", None)
    if first is None:
        return True  # arguments, keywords, with items: their parts know better
    if isinstance(node, _DEFINITIONS) and node.decorator_list:
        first = node.decorator_list[0].lineno
    return first <= line <= (getattr(node, "end_lineno", None) or first)
