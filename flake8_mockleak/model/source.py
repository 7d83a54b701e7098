"""A file as the model sees it: its frame of names, its classes and its functions."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING, ClassVar, TypeGuard

from flake8_mockleak.model.called_helpers import NONE
from flake8_mockleak.model.files import module_name
from flake8_mockleak.model.slotted import field, slotted
from flake8_mockleak.model.triggers import Triggers, is_of_name, is_test_path, sets_up_tests
from flake8_mockleak.model.values import Class, Function, FunctionNode, Shared, Value
from flake8_mockleak.model.wellknown import OF_TEST_CASE, TEST_CASES

if TYPE_CHECKING:
    from flake8_mockleak.model.handed_out import HandedOut

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef

_CHANGES_A_CLASS = (r"type\([\w.()]+\)\.\w+ = ", r"__class__\.\w+ = ")  # each begins with what is quickly found
_BLOCKS = (ast.If, ast.Try, ast.With)


_RECORD_DECORATORS = frozenset({"dataclass", "define", "frozen", "attrs"})


@slotted
class Frame:
    """The names of one scope, and the scope around it."""

    parent: Frame | None = None
    names: dict[str, Value] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)
    owner: ClassSource | None = None
    module: ModuleSource | None = None

    def lookup(self, name: str) -> Value | None:
        """Return the value of a name in this scope or one around it."""
        frame: Frame | None = self
        while frame is not None:
            value = frame.names.get(name)
            if value is not None:
                return value
            frame = frame.parent
        return None

    def home(self, name: str) -> Frame:
        """Return the scope that an assignment in this one gives the name its value in."""
        if name in self.global_names:
            return self.top()
        frame = self
        while name in frame.nonlocal_names and frame.parent is not None:
            frame = frame.parent
            if name in frame.names:
                break
        return frame

    def top(self) -> Frame:
        """Return the module's frame."""
        frame = self
        while frame.parent is not None:
            frame = frame.parent
        return frame


@slotted
class ClassSource:
    """A class statement, its methods and what it inherits from."""

    node: ast.ClassDef
    module: ModuleSource
    methods: dict[str, FunctionDef] = field(default_factory=dict)
    bases: list[Value] = field(default_factory=list)
    attributes: dict[str, Value] = field(default_factory=dict)
    patched: list[Value] = field(default_factory=list)
    _ancestry: tuple[int, list[ClassSource]] | None = None
    _hidden: int = 0
    _changes: ClassVar[int] = 0
    """How often any class got other bases: what was found out before the last time may be out of date."""

    @property
    def name(self) -> str:
        """The class's own name."""
        return self.node.name

    @property
    def is_local(self) -> bool:
        """Whether the class statement stands in a function, so that each call makes a class anew."""
        return all(source is not self for source in self.module.classes)

    @property
    def is_record(self) -> bool:
        """Whether its objects do no more than carry what they are given: a dataclass or named tuple without methods."""
        if self.methods or any(isinstance(base, Class) for base in self.bases):
            return False
        if self.bases:
            return all(shared_path(base) == "typing.NamedTuple" for base in self.bases)
        decorators = [each.func if isinstance(each, ast.Call) else each for each in self.node.decorator_list]
        names = [(dotted_name(each) or "").rpartition(".")[2] for each in decorators]
        return any(name in _RECORD_DECORATORS for name in names)

    def field_names(self) -> list[str]:
        """Return the names of the fields of a record, in order."""
        annotated = [each.target for each in self.node.body if isinstance(each, ast.AnnAssign)]
        return [target.id for target in annotated if isinstance(target, ast.Name)]

    def text(self) -> str:
        """Return the source text of the class."""
        return self.module.text_of(self.node)

    def ancestry(self) -> list[ClassSource]:
        """Return this class and those of its bases whose body is at hand, in the order of attribute lookup."""
        if self._ancestry is None or self._ancestry[0] != ClassSource._changes:
            found: list[ClassSource] = []
            hidden: list[int] = []
            self._collect(found, hidden, set())
            self._hidden = min(hidden, default=0)
            self._ancestry = ClassSource._changes, found[::-1]
        return self._ancestry[1]

    def hidden(self) -> list[ClassSource]:
        """Return the bases that stand behind ``unittest.TestCase``, whose own set-up and teardown call no other."""
        ancestry = self.ancestry()
        return ancestry[len(ancestry) - self._hidden :]

    def inherit(self, bases: list[Value]) -> None:
        """Set what the class inherits from."""
        self.bases = bases
        ClassSource._changes += 1

    def link(self, index: int, base: Class | Shared) -> None:
        """Put what a base was found to be, in another file, in the place of its name: a body, or another name."""
        self.bases[index] = base
        ClassSource._changes += 1

    def _collect(self, found: list[ClassSource], hidden: list[int], seen: set[int]) -> None:
        """Append the bases of this class, the last first, and then the class itself.

        ``hidden`` gets how many there were each time that a test case is met; it stands in front of the fewest.
        """
        seen.add(id(self))
        for base in reversed(self.bases):
            if isinstance(base, Class) and id(base.source) not in seen:
                base.source._collect(found, hidden, seen)
            elif isinstance(base, Shared) and base.path in TEST_CASES:
                hidden.append(len(found))
        found.append(self)

    def foreign_bases(self) -> list[Value]:
        """Return the bases of this class and its ancestry whose body is not in the file."""
        return [base for source in self.ancestry() for base in source.bases if not isinstance(base, Class)]

    def find_method(
        self, name: str, after: ClassSource | None = None, behind_test_case: bool = False
    ) -> Function | None:
        """Return the method of that name, or the next one behind the class ``after``, as ``super()`` finds it.

        ``behind_test_case``: the next one behind ``unittest.TestCase``.
        """
        ancestry = self.ancestry()
        if after in ancestry:
            ancestry = self.hidden() if behind_test_case else ancestry[ancestry.index(after) + 1 :]
        hidden = self.hidden() if name in OF_TEST_CASE and not behind_test_case else []
        for source in ancestry:
            node = source.methods.get(name)
            if node is not None:
                return Function(node, source.module.frame, source) if source not in hidden else None
        return None

    def has_method_at(self, node: ast.expr | ast.stmt) -> bool:
        """Whether a node of its file stands in a method of the class."""
        return any(each.lineno <= node.lineno <= (each.end_lineno or 0) for each in self.methods.values())

    def tests(self) -> Iterator[FunctionDef]:
        """Yield the test methods written in this class."""
        for name, node in self.methods.items():
            if name.startswith("test"):
                yield node


class ModuleSource:
    """One parsed file. ``searched`` is the part of its text that may act; the rest of its lines are empty there."""

    def __init__(self, tree: ast.Module, lines: list[str], path: str, searched: str | None = None) -> None:
        self.tree = tree
        self.lines = lines
        self.path = path
        self.searched = searched
        self.frame = Frame(module=self)
        self.classes: list[ClassSource] = []
        self.functions: dict[str, FunctionDef] = {}
        self.star_imports: list[str] = []
        self.called_helpers = NONE
        """The helpers of other files that it calls and that replace something, once its module level was run."""
        self.handed_out: dict[str, HandedOut | None] = {}
        """What the functions of other files hand out that the file changes the results of, by their dotted paths."""
        self.given: dict[str, HandedOut | None] = {}
        """What fixtures of ``conftest.py`` files give, by their names."""
        self.shared_fields: dict[str, bool] = {}
        """Whether bases of other files give fields something shared, by the names of the fields."""
        self._outline(tree.body)

    @cached_property
    def whole_text(self) -> str:
        """The text of the file."""
        return "".join(self.lines)

    def text_of(self, node: FunctionDef | ast.ClassDef) -> str:
        """Return the source text of a function or class, without its decorators."""
        return "".join(self.lines[node.lineno - 1 : node.end_lineno])

    def has(self, node: ast.AST) -> bool:
        """Whether a node is one of the file's; it takes a walk through all of them."""
        return any(each is node for each in ast.walk(self.tree))

    def imported_path(self, dotted: str) -> str:
        """Return the path that a dotted name of the module level is imported by; empty if it is not."""
        root, dot, rest = dotted.partition(".")
        known = self.frame.names.get(root)
        return f"{known.path}{dot}{rest}" if isinstance(known, Shared) else ""

    def text_with_decorators(self, node: FunctionDef | ast.ClassDef) -> str:
        """Return the source text of a function or class, with its decorators."""
        return self.text_of_decorators(node) + self.text_of(node)

    def text_of_decorators(self, node: FunctionDef | ast.ClassDef) -> str:
        """Return the source text of the decorators of a function or class."""
        first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        return "".join(self.lines[first - 1 : node.lineno - 1])

    @cached_property
    def changes_classes(self) -> bool:
        """Whether the file changes the class of an object, which may be shared though the object is not."""
        return any(re.search(pattern, self.whole_text) is not None for pattern in _CHANGES_A_CLASS)

    @cached_property
    def triggers(self) -> Triggers:
        """The lines worth running."""
        if self.searched is None:
            return Triggers(self.lines, self.whole_text)
        return Triggers(list(StringIO(self.searched)), self.searched)

    def all_functions(self) -> Iterator[FunctionDef]:
        """Yield the functions of the module and the methods of its classes."""
        yield from self.functions.values()
        for source in self.classes:
            yield from source.methods.values()

    def function_at(self, line: int) -> FunctionDef | None:
        """Return the outermost function that a line is in."""
        for node in self.all_functions():
            if node.lineno <= line <= (node.end_lineno or line):
                return node
        return None

    @cached_property
    def function_spans(self) -> list[tuple[int, int]]:
        """The first and last lines of the functions and methods, in order."""
        return sorted([(node.lineno, node.end_lineno or node.lineno) for node in self.all_functions()])

    @cached_property
    def name(self) -> str:
        """The dotted name: the directories above the file up to the first that is no package, and the file's own."""
        return module_name(self.path)

    def dissolve(self) -> None:
        """Break the circles of references through this file; it is of no use any more."""
        self.frame.names.clear()
        self.frame.module = None
        for source in self.classes:
            source.attributes.clear()
            source.patched.clear()
            source.bases = []
            source._ancestry = None
        self.classes.clear()

    def _outline(self, body: list[ast.stmt]) -> None:
        for statement in body:
            if isinstance(statement, ast.ClassDef):
                self._outline_class(statement)
            elif isinstance(statement, FunctionDef):
                self.functions[statement.name] = statement
            elif isinstance(statement, _BLOCKS):
                for block in blocks(statement):
                    self._outline(block)

    def _outline_class(self, node: ast.ClassDef) -> None:
        source = ClassSource(node, self)
        self.classes.append(source)
        self._outline_methods(source, node.body)

    def _outline_methods(self, source: ClassSource, body: list[ast.stmt]) -> None:
        for statement in body:
            if isinstance(statement, FunctionDef):
                source.methods[statement.name] = statement
            elif isinstance(statement, ast.ClassDef):
                self._outline_class(statement)
            elif isinstance(statement, _BLOCKS):
                for block in blocks(statement):
                    self._outline_methods(source, block)

    def class_of(self, node: ast.ClassDef) -> ClassSource:
        """Return the class of a statement; one in a function's body is outlined when it is met."""
        for source in self.classes:
            if source.node is node:
                return source
        source = ClassSource(node, self)
        self._outline_methods(source, node.body)
        return source

    @cached_property
    def attributes_read(self) -> frozenset[str]:
        """The names of attributes that the text does more with than to assign to them."""
        return frozenset(re.findall(r"\.(\w+)\b(?!\s*=[^=])", self.whole_text))

    @cached_property
    def mentions_fixtures(self) -> bool:
        """Whether the text has the word at all: without it nothing in the file is a fixture of pytest."""
        return "fixture" in self.whole_text

    @cached_property
    def enters_by_hand(self) -> bool:
        """Whether the file enters a context manager without a ``with`` statement."""
        return self.triggers.enters_by_hand

    def names(self, name: str) -> int:
        """Return how often the text of the file names something."""
        text, found = f" {self.whole_text} ", 0
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            found += not (is_of_name(text[at - 1]) or is_of_name(text[end]))
            at = text.find(name, end)
        return found

    @cached_property
    def file_name(self) -> str:
        """The last part of the path."""
        return os.path.basename(self.path)

    @property
    def is_deliberate_setup(self) -> bool:
        """Whether the file is one that prepares a whole session: what it replaces on import is meant to stay."""
        return self.file_name in {
            "conftest.py",
            "conf.py",
            "__init__.py",
            "__main__.py",
            "setup.py",
            "sitecustomize.py",
        }

    @cached_property
    def is_test(self) -> bool:
        """Whether the file holds tests, by its name or by what it defines."""
        name = self.file_name.removesuffix(".py")
        return name.startswith("test") or name.endswith(("_test", "_tests", "tests")) or self.has_tests

    @cached_property
    def is_collected(self) -> bool:
        """Whether tests are looked for in the file by its name, or are there; not in a ``testing.py`` of helpers."""
        return self.has_tests or self.is_test and not re.match(r"test[^_.s]|tests[^.]", self.file_name)

    @cached_property
    def is_of_tests(self) -> bool:
        """Whether the file holds tests, or stands where what tests need does."""
        return is_test_path(self.path) or self.is_test or sets_up_tests(self.whole_text)

    @cached_property
    def has_tests(self) -> bool:
        """Whether the file defines tests of its own."""
        return any(name.startswith("test_") for name in self.functions) or any(
            True for source in self.classes for _ in source.tests()
        )

    @cached_property
    def decorators_of_tests(self) -> frozenset[str]:
        """The names of what decorates tests, or classes with tests."""
        found: set[str] = set()
        for source in self.classes:
            tests = list(source.tests())
            for node in (source.node, *tests) if tests else ():
                found.update(map(name_of_decorator, node.decorator_list))
        for name, function in self.functions.items():
            if name.startswith("test"):
                found.update(map(name_of_decorator, function.decorator_list))
        return frozenset(found)

    @property
    def is_behave_environment(self) -> bool:
        """Whether behave reads its hooks from this file."""
        return self.file_name == "environment.py"

    def package(self) -> str:
        """Return the dotted name that relative imports of this file start from."""
        if self.file_name == "__init__.py":
            return self.name
        return self.name.rpartition(".")[0]

    def absolute(self, dotted: str | None, level: int) -> str:
        """Return the path of an import; a relative one whose package is not known keeps its dots."""
        if not level:
            return dotted or ""
        package = self.package().split(".") if self.package() else []
        if len(package) < level:
            return "." * level + (dotted or "")
        parts = package[: len(package) - level + 1]
        return ".".join([*parts, dotted] if dotted else parts)


def with_defaults(node: FunctionNode) -> Iterator[tuple[str, ast.expr]]:
    """Yield the parameters that have a default, with it."""
    positional = [*node.args.posonlyargs, *node.args.args]
    behind = positional[len(positional) - len(node.args.defaults) :]
    for argument, default in zip([*behind, *node.args.kwonlyargs], [*node.args.defaults, *node.args.kw_defaults]):
        if default is not None:
            yield argument.arg, default


def blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of a compound statement."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(statement, name, None)
        if block:
            yield block
    for handler in getattr(statement, "handlers", ()):
        yield handler.body
    for case in getattr(statement, "cases", ()):
        yield case.body


def is_static(node: FunctionNode) -> bool:
    """Whether a function is a static method, which gets no ``self``."""
    if isinstance(node, ast.Lambda):
        return False
    return any(map(is_staticmethod, node.decorator_list))


def is_staticmethod(decorator: ast.expr) -> bool:
    """Whether a decorator is that of static methods."""
    return isinstance(decorator, ast.Name) and decorator.id == "staticmethod"


def is_always_taken(node: ast.AST) -> TypeGuard[ast.If]:
    """Whether a statement is an ``if True:``, whose body runs as if it stood by itself."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Constant) and bool(node.test.value)


def plain_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a block, those under ``if True:`` in its place."""
    for statement in body:
        if is_always_taken(statement):
            yield from plain_statements(statement.body)
        else:
            yield statement


def dotted_name(node: ast.expr) -> str | None:
    """Return ``a.b.c`` for such an expression and ``None`` for any other."""
    rest = ""
    while isinstance(node, ast.Attribute):
        rest = f".{node.attr}{rest}"
        node = node.value
    return f"{node.id}{rest}" if isinstance(node, ast.Name) else None


def name_of_decorator(decorator: ast.expr) -> str:
    """Return the last name of a decorator, or of what makes it; empty for any other expression."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def parameters_of(function: FunctionDef) -> set[str]:
    """Return the names of a function's parameters, without that of the object or class it is called on."""
    return {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)} - {"self", "cls"}


def is_setattr(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether a node calls ``setattr``."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr"


def asks_for(function: FunctionDef, name: str) -> bool:
    """Whether a function asks anything for an attribute of that name: ``super().setUp()``, ``Base.setUp(self)``."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == name
        for statement in function.body  # most ask in the first one
        for node in ast.walk(statement)
    )


def attributes_of(name: str, nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the attributes that nodes ask a plain name for: ``called`` of ``run.called``."""
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
            yield node.attr


def written(node: ast.expr) -> str:
    """Return the text of an expression; that of a dotted name, as most are, costs little."""
    return dotted_name(node) or ast.unparse(node)


def shared_path(value: Value) -> str | None:
    """Return the path of a shared thing, and ``None`` for any other value."""
    return value.path if isinstance(value, Shared) else None
