"""Functions and classes that carry patch decorators: what is handed to them, and when the patches end."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Iterator
from enum import Enum

from flake8_mockleak.model.lifetime import CASE_HOOKS, MODULE_HOOKS, PLAIN_CASE_HOOKS, Phase
from flake8_mockleak.model.names import (
    ASSERTIONS,
    FIXTURE_DECORATORS,
    MOCK_CONFIGURATION,
    MOCK_FACTORIES,
    PATCH_CALLS,
    PATCH_OPTIONS,
    PYTEST_FIXTURES,
    mock_name,
)
from flake8_mockleak.model.slotted import field, slotted
from flake8_mockleak.model.source import (
    ClassSource,
    FunctionDef,
    ModuleSource,
    attributes_of,
    dotted_name,
    is_staticmethod,
    name_of_decorator,
    plain_statements,
)
from flake8_mockleak.model.testcases import seems_test_case
from flake8_mockleak.model.values import MockClass, Patcher, Shared

_ATTRIBUTE_AT = {"patch": 0, "patch.object": 1}

# Decorators that hand no argument to the function, and call it with those they get.
_PLAIN_DECORATORS = (
    "pytest.mark.",
    "unittest.skip",
    "unittest.expectedFailure",
    "testtools.skip",
    "django.test.utils.override_settings",
    "django.test.override_settings",
    "django.test.tag",
    "builtins.staticmethod",
    "builtins.classmethod",
    "functools.wraps",
)
_GENERATOR_RUNNERS = frozenset(
    {
        "contextlib.contextmanager",
        "contextlib.asynccontextmanager",
        "pytest.fixture",
        "pytest.yield_fixture",
        "pytest_asyncio.fixture",
    }
)


class Role(Enum):
    """What a decorated function is there for."""

    UNITTEST = "a test method or hook that unittest calls with nothing but self"
    PYTEST = "a test function that pytest calls with fixtures"
    SETUP = "a set-up or a fixture"
    OTHER = "anything else"


@slotted
class PatchDecorator:
    """One patch on a function or class.

    ``name`` is the last name of what it patches, empty where it is not known. ``injects`` tells whether its mock is
    handed over as a positional argument, ``None`` where that is not known; ``mocks`` are the last names of what gets
    a mock that is made right in the decorator. Of ``patch.multiple``, ``passed`` are the names whose mocks are handed
    over by name, and ``explicit`` those that are given a value.
    """

    node: ast.Call
    call: str
    name: str = ""
    new: ast.expr | None = None
    injects: bool | None = False
    mocks: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    explicit: frozenset[str] = frozenset()

    @property
    def longer_name(self) -> str:
        """The last two names of what it patches: ``path_exists`` for ``os.path.exists``."""
        target = self.node.args[0] if self.node.args else None
        if self.call == "patch.object":
            of = dotted_name(target) if target is not None else None
        else:
            of = str(target.value).rpartition(".")[0] if isinstance(target, ast.Constant) else None
        return f"{(of or '').rpartition('.')[2]}_{self.name}"


@slotted
class Decorated:
    """A function under patch decorators, its own (the uppermost first) and those of its class.

    ``is_plain`` tells that no other decorator changes the arguments; ``ends_early`` that it is a generator which the
    patches are applied to directly: they end when it is made, before any of it runs. ``parameters`` are the positional
    ones without ``self``; ``injected`` the patches that hand over a mock, in the order of the parameters, ``None`` if
    that is not known.
    """

    node: FunctionDef
    owner: ClassSource | None
    role: Role
    patches: list[PatchDecorator]
    of_class: list[PatchDecorator]
    is_plain: bool
    ends_early: bool
    parameters: list[ast.arg]
    injected: list[PatchDecorator] | None
    fixtures: frozenset[str] = frozenset()

    @property
    def passed(self) -> frozenset[str]:
        """The names that ``patch.multiple`` passes mocks for."""
        return self._named([patch.passed for patch in (*self.patches, *self.of_class) if patch.passed])

    @property
    def explicit(self) -> frozenset[str]:
        """The names that ``patch.multiple`` gives a value of their own, and does not pass."""
        return self._named([patch.explicit for patch in (*self.patches, *self.of_class) if patch.explicit])

    def takes_for_mock(self, name: str) -> bool:
        """Whether the function asks a parameter for what only mocks know."""
        asked = attributes_of(name, ast.walk(self.node))
        return any(each in MOCK_CONFIGURATION or each in ASSERTIONS for each in asked)

    def _named(self, names: list[frozenset[str]]) -> frozenset[str]:
        return frozenset().union(*names) if names else frozenset()


@slotted
class DecoratedClass:
    """A class under patch decorators, and the test methods that they are applied to.

    ``shared`` are the patches whose one mock its tests configure or assert on.
    """

    node: ast.ClassDef
    patches: list[PatchDecorator]
    tests: list[FunctionDef]
    shared: list[PatchDecorator] = field(default_factory=list)


@slotted
class Decorations:
    """The functions and classes of a file that carry patch decorators."""

    functions: list[Decorated] = field(default_factory=list)
    classes: list[DecoratedClass] = field(default_factory=list)


def decorations(module: ModuleSource, is_generator: Callable[[FunctionDef, ModuleSource], bool]) -> Decorations:
    """Return what is decorated with patches in a file whose module level was run."""
    found = Decorations()
    reader = PatchReader(module)

    def add(
        node: FunctionDef, owner: ClassSource | None, role: Role, on: _Decorators, around: list[PatchDecorator]
    ) -> None:
        ends_early = is_generator(node, module) and reader.is_applied_directly(node)
        fixtures = reader.fixture_names() if role is Role.PYTEST else frozenset()
        parameters = _parameters(node, owner is not None and not on.makes_static)
        injected = _injected(around + on.patches if around else on.patches)
        found.functions.append(
            Decorated(node, owner, role, on.patches, around, on.is_plain, ends_early, parameters, injected, fixtures)
        )

    for node in module.functions.values():
        if node.decorator_list:
            on = reader.decorators(node)
            if on.patches:
                add(node, None, _role_of_function(node, reader), on, [])
    for source in module.classes:
        of_class = [patch for each in source.node.decorator_list if (patch := reader.patch(each)) is not None]
        if of_class:
            found.classes.append(DecoratedClass(source.node, of_class, list(source.tests())))
        plain = all(reader.patch(each) or reader.is_plain(each) for each in source.node.decorator_list)
        is_case = seems_test_case(source)
        for node in source.methods.values():
            around = of_class if of_class and node.name.startswith("test") else []
            if node.decorator_list or around:
                on = reader.decorators(node)
                if on.patches or around:
                    on.is_plain = on.is_plain and plain
                    add(node, source, _role_of_method(node, source, reader, is_case), on, around)
    return found


def _role_of_function(node: FunctionDef, reader: PatchReader) -> Role:
    if reader.is_fixture(node):
        return Role.SETUP
    if node.name.startswith("test"):
        return Role.PYTEST
    hook = MODULE_HOOKS.get(node.name)
    return Role.SETUP if hook is not None and hook.phase is Phase.SETUP else Role.OTHER


def _role_of_method(node: FunctionDef, source: ClassSource, reader: PatchReader, is_case: bool) -> Role:
    if reader.is_fixture(node):
        return Role.SETUP
    if node.name.startswith("test"):
        if is_case:
            return Role.UNITTEST
        return Role.PYTEST if source.name.startswith("Test") else Role.OTHER
    hook = (CASE_HOOKS if is_case else PLAIN_CASE_HOOKS).get(node.name)
    is_setup = hook is not None and hook.phase is Phase.SETUP and node.name != "__init__"
    return Role.SETUP if is_setup else Role.OTHER


@slotted
class _Decorators:
    """What decorates a function: its patches, whether all else leaves its arguments alone, or makes it static."""

    patches: list[PatchDecorator]
    is_plain: bool = True
    makes_static: bool = False


class PatchReader:
    """Reads the patches of one file off the calls that make them."""

    def __init__(self, module: ModuleSource) -> None:
        self._module = module
        self._names = module.frame.names
        self._fixtures: frozenset[str] | None = None
        self._calls: dict[str, str] = {}

    def decorators(self, node: FunctionDef) -> _Decorators:
        """Return the patches among the decorators of a function, and whether the others leave its arguments alone."""
        found = _Decorators([])
        for decorator in node.decorator_list:
            patch = self.patch(decorator)
            if patch is not None:
                found.patches.append(patch)
                continue
            found.is_plain = found.is_plain and self.is_plain(decorator)
            found.makes_static = found.makes_static or is_staticmethod(decorator)
        return found

    def is_applied_directly(self, node: FunctionDef) -> bool:
        """Whether a patch is applied to the function as it is, or to what only runs it as a generator."""
        for decorator in reversed(node.decorator_list):
            if self.patch(decorator) is not None:
                return True
            if self._path(decorator) not in _GENERATOR_RUNNERS:
                return False
        return False

    def _path(self, decorator: ast.expr) -> str:
        """Return the path that a decorator, or the function that makes it, is imported by."""
        dotted = dotted_name(decorator.func if isinstance(decorator, ast.Call) else decorator)
        return self._path_of(dotted) if dotted is not None else ""

    def _path_of(self, dotted: str) -> str:
        root, dot, rest = dotted.partition(".")
        known = self._names.get(root)
        if known is None:
            return f"builtins.{dotted}"
        if isinstance(known, MockClass):
            return f"unittest.mock.{known.name}{dot}{rest}"
        return f"{known.path}{dot}{rest}" if isinstance(known, Shared) else ""

    def is_plain(self, decorator: ast.expr) -> bool:
        """Whether a decorator that is no patch leaves the arguments alone."""
        return self._path(decorator).startswith(_PLAIN_DECORATORS)

    def is_fixture(self, node: FunctionDef) -> bool:
        """Whether pytest takes a function for a fixture."""
        if not self._module.mentions_fixtures:
            return False
        return any(name_of_decorator(each) in FIXTURE_DECORATORS for each in node.decorator_list)

    def fixture_names(self) -> frozenset[str]:
        """Return the names of fixtures that the file or pytest itself has."""
        if self._fixtures is None:
            own = {name for name, node in self._module.functions.items() if self.is_fixture(node)}
            self._fixtures = PYTEST_FIXTURES | own
        return self._fixtures

    def patch(self, decorator: ast.expr) -> PatchDecorator | None:
        """Return what a decorator patches, ``None`` if it is no patch."""
        if not isinstance(decorator, ast.Call):
            kept = self._names.get(decorator.id) if isinstance(decorator, ast.Name) else None
            made_by = kept.node if isinstance(kept, Patcher) else None
            return self.patch(made_by) if isinstance(made_by, ast.Call) else None
        dotted = dotted_name(decorator.func)
        if dotted is None:
            return None
        call = self._calls.get(dotted)
        if call is None:  # there are few, and each is on many functions
            known = mock_name(self._path_of(dotted))
            call = self._calls[dotted] = known[1] if known is not None and known[1] in PATCH_CALLS else ""
        return self._read(decorator, call) if call else None

    def _read(self, node: ast.Call, call: str) -> PatchDecorator:
        if len(node.args) == _ATTRIBUTE_AT.get(call, -2) + 1 and _is_plainly_mocked(node):  # as nearly always
            return PatchDecorator(node, call, _last_name(node.args[-1]), None, True)
        named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        is_open = len(named) < len(node.keywords) or any(isinstance(each, ast.Starred) for each in node.args)
        if call == "patch.dict":
            return PatchDecorator(node, call)
        if call == "patch.multiple":
            changed = {name: value for name, value in named.items() if name not in PATCH_OPTIONS}
            passed = frozenset(name for name, value in changed.items() if self._is_default(value))
            injects = None if is_open else False
            mocks = frozenset(name for name, value in changed.items() if self.is_mock(value))
            return PatchDecorator(
                node, call, injects=injects, mocks=mocks, passed=passed, explicit=frozenset(changed) - passed
            )
        at = _ATTRIBUTE_AT[call]
        target = node.args[at] if len(node.args) > at else named.get("attribute" if at else "target")
        new = node.args[at + 1] if len(node.args) > at + 1 else named.get("new")
        is_given = new is not None and not self._is_default(new)
        injects = None if is_open else not is_given
        name = _last_name(target)
        mocks = frozenset({name}) if new is not None and self.is_mock(new) else frozenset()
        return PatchDecorator(node, call, name, new if is_given else None, injects, mocks)

    def is_mock(self, value: ast.expr) -> bool:
        """Whether an expression makes a mock: ``Mock()``."""
        known = mock_name(self._path(value)) if isinstance(value, ast.Call) else None
        return known is not None and known[1] in MOCK_FACTORIES

    def _is_default(self, value: ast.expr) -> bool:
        known = mock_name(self._path(value)) if not isinstance(value, ast.Call) else None
        return known is not None and known[1] == "DEFAULT"


def _injected(patches: list[PatchDecorator]) -> list[PatchDecorator] | None:
    """Return the patches that hand over a mock, in the order of the parameters, ``None`` if that is not known."""
    found: list[PatchDecorator] = []
    for patch in reversed(patches):
        if patch.injects:
            found.append(patch)
        elif patch.injects is None:
            return None
    return found


def _parameters(node: FunctionDef, is_bound: bool) -> list[ast.arg]:
    names = [*node.args.posonlyargs, *node.args.args] if node.args.posonlyargs else node.args.args
    return names[1:] if is_bound else names


def _is_plainly_mocked(node: ast.Call) -> bool:
    """Whether nothing behind the target of a patch gives what stands in for it."""
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            return False
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg == "new":
            return False
    return True


def _last_name(target: ast.expr | None) -> str:
    """Return the last name of a patch target, as far as its text is written out."""
    if isinstance(target, ast.Constant):
        return str(target.value).rpartition(".")[2]
    if isinstance(target, (ast.BinOp, ast.JoinedStr)):
        texts = [part.value for part in ast.walk(target) if isinstance(part, ast.Constant)]
        return str(texts[-1]).rpartition(".")[2] if texts else ""
    return ""


@slotted
class KeptInSetup:
    """A mock that a set-up keeps for the tests, though its patch ends with the set-up; ``kept`` is its name there."""

    patch: PatchDecorator
    function: FunctionDef
    kept: str


def kept_in_setups(found: Decorations, module: ModuleSource) -> Iterator[KeptInSetup]:
    """Yield the mocks that a decorated set-up keeps, where it does nothing that could use the patch itself."""
    reader = PatchReader(module)
    for function in found.functions:
        injected = function.injected
        if function.role is not Role.SETUP or not injected or function.ends_early:
            continue
        # pytest hands the test method to `setup_method`, in front of the mocks.
        behind = function.node.name == "setup_method" and len(function.parameters) > len(injected)
        mocks = {each.arg: patch for each, patch in zip(function.parameters[behind:], injected)}
        if not _only_prepares(function.node, mocks, reader):
            continue
        for statement in plain_statements(function.node.body):
            value = statement.value if isinstance(statement, (ast.Assign, ast.Return)) else None
            if isinstance(value, ast.Name) and value.id in mocks:
                kept = ast.unparse(statement.targets[0]) if isinstance(statement, ast.Assign) else function.node.name
                if "." in kept or isinstance(statement, ast.Return):
                    yield KeptInSetup(mocks[value.id], function.node, kept)


def _only_prepares(function: FunctionDef, mocks: Container[str], reader: PatchReader) -> bool:
    """Whether a set-up calls nothing but its base, its mocks and what makes mocks."""
    for node in (part for statement in function.body for part in ast.walk(statement)):
        if isinstance(node, ast.Call) and not reader.is_mock(node):
            root: ast.expr = node.func
            while isinstance(root, (ast.Attribute, ast.Call)):
                root = root.value if isinstance(root, ast.Attribute) else root.func
            if not isinstance(root, ast.Name) or root.id != "super" and root.id not in mocks:
                return False
    return True
