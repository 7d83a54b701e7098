"""What another file defines for certain, told from its tree."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from flake8_mockleak.model.slotted import field, slotted
from flake8_mockleak.model.source import blocks, dotted_name

_MANY = "?"
_STORED_ELSEWHERE = rb"\bglobal\b|:=|\n[ \t]*(?!self\b)\w+\.\w+[ \t]*=[^=]"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_HARMLESS_METACLASSES = frozenset({"abc.ABCMeta", "ABCMeta"})
_HARMLESS_DECORATORS = frozenset(
    {"dataclass", "dataclasses.dataclass", "total_ordering", "functools.total_ordering", "final", "typing.final"}
)
_GETS_ATTRIBUTES = frozenset({"__getattr__", "__getattribute__", "__init_subclass__"})


@slotted
class Definition:
    """A class: the names that its body binds. ``bases`` is ``None`` if more than they decide what it has."""

    bases: tuple[str, ...] | None
    names: set[str] = field(default_factory=set)

    def has(self, name: str) -> bool:
        """Whether the body binds a name, or the file sets it on the class."""
        return name in self.names


class Definitions:
    """A file's tree as a :class:`~flake8_mockleak.model.skim.Reader`."""

    def __init__(self, data: bytes, is_dynamic: bool) -> None:
        """Parse the text of a file; raises :class:`SyntaxError` or :class:`ValueError` if it cannot be."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
        self.is_dynamic = is_dynamic
        self.names: set[str] = set()
        self.imports: dict[str, str] = {}
        self._classes: dict[str, Definition | None] = {}
        self._stars: list[str] = []
        self._read(tree.body)
        for node in ast.walk(tree) if re.search(_STORED_ELSEWHERE, data) else ():
            if isinstance(node, ast.Global):
                self.names.update(node.names)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                self._note_attribute(node)
            elif isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name):
                self.names.add(node.target.id)

    @property
    def stars(self) -> tuple[str, ...]:
        """The modules that everything is imported from."""
        return tuple(self._stars)

    def binds(self, name: str) -> bool:
        """Whether a statement of the module level, also one under a condition, binds a name."""
        return name in self.names

    def imported(self, name: str) -> str | None:
        """Return the dotted path of an import, if there is only one of the name."""
        path = self.imports.get(name)
        return None if path == _MANY else path

    def class_view(self, name: str) -> Definition | None:
        """Return the class of that name, if there is only one."""
        return self._classes.get(name)

    def _read(self, body: list[ast.stmt]) -> None:
        for statement in body:
            for name in bound_by(statement):
                self.names.add(name)
                if not isinstance(statement, (ast.ImportFrom, ast.Import)) and name in self.imports:
                    self.imports[name] = _MANY
            if isinstance(statement, ast.ClassDef):
                known = statement.name in self._classes
                self._classes[statement.name] = None if known else _definition(statement)
            elif isinstance(statement, (ast.ImportFrom, ast.Import)):
                self._note_import(statement)
            elif not isinstance(statement, _FUNCTIONS):
                for block in blocks(statement):
                    self._read(block)

    def _note_import(self, node: ast.Import | ast.ImportFrom) -> None:
        for name, path in import_paths(node):
            if name == "*":
                self._stars.append(path)
            else:
                self.imports[name] = path if self.imports.get(name, path) == path else _MANY

    def _note_attribute(self, node: ast.Attribute) -> None:
        """``Class.name = …`` somewhere in the file gives the class that name."""
        found = self._classes.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if found is not None:
            found.names.add(node.attr)


def import_paths(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds with their paths; ``*`` comes with the path of the module."""
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            separator = "" if module.endswith(".") else "."
            yield alias.asname or alias.name, module if alias.name == "*" else f"{module}{separator}{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            top = alias.name.partition(".")[0]
            yield top, top


def bound_by(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds, without those of its blocks."""
    if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from (name for name, _ in import_paths(statement))
    elif isinstance(statement, ast.Try):
        yield from (handler.name for handler in statement.handlers if handler.name)
    else:
        inner = {id(each) for block in blocks(statement) for each in block}
        for part in (each for each in ast.iter_child_nodes(statement) if id(each) not in inner):
            for node in ast.walk(part):
                if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                    yield node.id
                elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
                    yield node.name


def _definition(node: ast.ClassDef) -> Definition:
    bases: list[str] = []
    known = True
    for base in node.bases:
        name = dotted_name(base.value if isinstance(base, ast.Subscript) else base)
        known = known and name is not None
        bases.append(name or "")
    for keyword in node.keywords:
        known = known and keyword.arg == "metaclass" and dotted_name(keyword.value) in _HARMLESS_METACLASSES
    known = known and all(dotted_name(_called(each)) in _HARMLESS_DECORATORS for each in node.decorator_list)
    found = Definition(None)
    _read_class(node.body, found.names)
    if known and found.names.isdisjoint(_GETS_ATTRIBUTES):
        found.bases = tuple(bases)
    return found


def _called(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def _read_class(body: list[ast.stmt], names: set[str]) -> None:
    for statement in body:
        names.update(bound_by(statement))
        if "__slots__" in bound_by(statement):
            names.update(str(each.value) for each in ast.walk(statement) if isinstance(each, ast.Constant))
        if not isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            for block in blocks(statement):
                _read_class(block, names)
