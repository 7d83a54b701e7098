"""Runs a file the way the test framework does: import, set-up, tests, teardown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from flake8_mockleak.model import lifetime
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.binding import is_generator, is_static
from flake8_mockleak.model.execute import Executor, TooMuch, kept_by_name
from flake8_mockleak.model.facts import Activation, Idiom
from flake8_mockleak.model.lifetime import Hook, Lifetime, Phase
from flake8_mockleak.model.names import FIXTURE_DECORATORS, MOCKER_FIXTURES, PATCH_CALLS, SPECIFYING
from flake8_mockleak.model.places import Covers, Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import (
    ClassSource,
    Frame,
    FunctionDef,
    ModuleSource,
    dotted_name,
    is_always_taken,
    shared_path,
)
from flake8_mockleak.model.testcases import seems_test_case
from flake8_mockleak.model.values import (
    UNKNOWN,
    Constant,
    Fields,
    Function,
    Mocker,
    MockObject,
    MonkeyPatch,
    Patcher,
    Self,
    Shared,
    Value,
    union,
)
from flake8_mockleak.model.wellknown import FRAMEWORKS

_AROUND_TESTS = frozenset({"run", "__call__", "debug", "runTest"})


@dataclass(eq=False, slots=True)
class Family:
    """Functions that the framework runs together: those of a class, or those of the module."""

    source: ClassSource | None
    fields: Fields = field(default_factory=Fields)
    activations: list[Activation] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    """A function that the framework calls."""

    node: FunctionDef
    hook: Hook
    owner: ClassSource | None
    is_fixture: bool


class Lifecycle:
    """Runs one file and records what happens. ``is_for_others`` tells that tests of other files use its fixtures."""

    def __init__(
        self, module: ModuleSource, settings: ModelSettings, beyond: Beyond | None, is_for_others: bool = False
    ) -> None:
        self._is_for_others = is_for_others
        self.module = module
        self.settings = settings
        self.triggers = module.triggers
        self.beyond = beyond
        self.record = Recorder()
        self.executor = Executor(module, self.record, settings, beyond)
        self.families: list[Family] = []
        self._run_nodes: set[FunctionDef] = set()

    def run(self) -> None:
        """Run the whole file."""
        self.run_import()
        self._follow_helpers()
        self._run_module()
        for source in list(self.module.classes):
            if any(self.triggers.acts(ancestor.node) for ancestor in source.ancestry()):
                self._run_class(source)

    def run_again(self, families: list[Family]) -> list[Family]:
        """Run families once more, now that their bases and helpers in other files can be followed."""
        self.record.forget(families)
        for family in families:
            self.families.remove(family)
            self._run_nodes -= {activation.node for activation in family.activations if activation.node is not None}
            family.activations.clear()
        self.executor.called.clear()
        self.executor.follows_imports = True
        kept = len(self.families)
        for family in families:
            if family.source is None:
                self._run_module()
            else:
                self._run_class(family.source)
        self.executor.follows_imports = False
        return self.families[kept:]

    def close(self) -> None:
        """Break the circles between families and their activations: see :meth:`Beyond.close`."""
        for family in self.families:
            family.activations.clear()

    def run_hooks(self, source: ClassSource) -> None:
        """Run the set-ups and teardowns of a class alone."""
        self._run_class(source, hooks_only=True)

    def run_import(self) -> None:
        """Run the module level alone: it gives the names their values."""
        self.record.origin = self.module
        self.executor.run(self.module.tree.body)

    def _follow_helpers(self) -> None:
        """A test that calls a helper which replaces something is worth running too."""
        names = self.module.frame.names
        shared = {name for name, value in names.items() if not isinstance(value, (Function, Constant, MockObject))}
        self.triggers.narrow(shared, self.module.function_spans, self.settings.follows_configurations)
        helpers = list(self._helpers())
        acting: set[str] = set()
        for _ in range(3):
            found = {name for name, node in helpers if self.triggers.acts(node)} - acting
            if not found:
                return
            acting |= found
            self.triggers.follow(found)

    def _helpers(self) -> Iterator[tuple[str, FunctionDef]]:
        for name, node in self.module.functions.items():
            if not name.startswith("test") and name not in lifetime.MODULE_HOOKS:
                yield name, node
        for source in self.module.classes:
            for name, node in source.methods.items():
                if name.startswith("__"):
                    yield source.name, node  # `with Closed():` calls its `__enter__`
                elif not name.startswith("test") and name not in lifetime.PLAIN_CASE_HOOKS:
                    yield name, node

    # Families

    def _run_module(self) -> None:
        family = Family(None)
        self.families.append(family)
        entries = [self._module_entry(name, node) for name, node in self.module.functions.items()]
        self._run_entries(family, [entry for entry in entries if self._is_worth_running(entry)])

    def _is_worth_running(self, entry: _Entry) -> bool:
        """Whether a function acts, or is a fixture or teardown that may put back what others replace by hand."""
        node = entry.node
        if self.triggers.acts(node):
            return True
        if not (self._is_for_others or self.triggers.replaces_by_hand):
            return False
        if entry.is_fixture:
            return self.triggers.undoes(node) or self.triggers.yields(node)
        return entry.hook.phase is Phase.TEARDOWN

    def _module_entry(self, name: str, node: FunctionDef) -> _Entry:
        fixture = self._fixture_lifetime(node)
        if fixture is not None:
            return _Entry(node, Hook(Phase.SETUP, fixture), None, is_fixture=True)
        hooks = lifetime.MODULE_HOOKS
        if self.module.is_behave_environment:
            hooks = hooks | lifetime.BEHAVE_HOOKS
        hook = hooks.get(name) or (lifetime.TEST_BODY if name.startswith("test") else lifetime.HELPER)
        return _Entry(node, hook, None, is_fixture=False)

    def _run_class(self, source: ClassSource, hooks_only: bool = False) -> None:
        family = Family(source, Fields(owner=source))
        self.families.append(family)
        hooks = lifetime.CASE_HOOKS if seems_test_case(source) else lifetime.PLAIN_CASE_HOOKS
        entries: list[_Entry] = []
        seen: set[str] = set()
        for ancestor in source.ancestry():
            for name, node in ancestor.methods.items():
                if name in seen:
                    continue
                seen.add(name)
                fixture = self._fixture_lifetime(node)
                if fixture is not None:
                    entries.append(_Entry(node, Hook(Phase.SETUP, fixture), ancestor, is_fixture=True))
                elif name in hooks:
                    entries.append(_Entry(node, hooks[name], ancestor, is_fixture=False))
                elif not hooks_only and ancestor is source and self.triggers.acts(node):
                    hook = lifetime.TEST_BODY if name.startswith("test") else lifetime.HELPER
                    entries.append(_Entry(node, hook, ancestor, is_fixture=False))
        self._cover_by_tables(source)
        self._run_entries(family, entries)

    def _cover_by_tables(self, source: ClassSource) -> None:
        """A method that returns ``{module: {"name": mock}}`` tells a base class which globals to replace."""
        if all(isinstance(base, Shared) and base.path in FRAMEWORKS for base in source.foreign_bases()):
            return
        for node in source.methods.values():
            last = node.body[-1]
            while is_always_taken(last):
                last = last.body[-1]
            if isinstance(last, ast.Return) and isinstance(last.value, ast.Dict):
                for module, table in zip(last.value.keys, last.value.values):
                    path = shared_path(self.executor.value(module)) if module is not None else None
                    if path is not None and isinstance(table, ast.Dict):
                        names = [str(key.value) for key in table.keys if isinstance(key, ast.Constant)]
                        self.executor.covers.extend(Place(f"{path}.{name}", f"{path}.{name}") for name in names)

    def _run_entries(self, family: Family, entries: list[_Entry]) -> None:
        """Run set-ups, longest lifetime first; then each test from what they left; then the teardowns."""
        setups = [entry for entry in entries if entry.hook.phase is Phase.SETUP]
        setups.sort(key=lambda entry: (-entry.hook.lifetime, not entry.is_fixture))
        executor, kept = self.executor, dict(self.executor.kept)
        for entry in setups:
            self._run_entry(family, entry)
        start, start_covers = dict(family.fields.values), executor.covers.copy()
        start_replaced, start_kept = dict(executor.replaced), dict(executor.kept)
        left: dict[str, Value] = dict(start)
        for phase in (Phase.BODY, Phase.OTHER):
            for entry in entries:
                if entry.hook.phase is not phase or phase is Phase.OTHER and self._was_run(entry.node):
                    continue
                family.fields.values = dict(start)
                executor.covers, executor.replaced = start_covers.copy(), dict(start_replaced)
                executor.kept = dict(start_kept)
                self._run_entry(family, entry)
                for name, value in family.fields.values.items():
                    left[name] = union([left[name], value]) if name in left else value
        family.fields.values = left
        executor.replaced, executor.kept = {}, start_kept
        self._run_cleanups(family)
        teardowns = [entry for entry in entries if entry.hook.phase is Phase.TEARDOWN]
        for entry in sorted(teardowns, key=lambda entry: entry.hook.lifetime):
            self._run_entry(family, entry)
        executor.covers, executor.replaced, executor.kept = Covers(), {}, kept

    def _run_cleanups(self, family: Family) -> None:
        """Run the registered cleanups again: by now the holders they ask for have got their patchers."""
        executor, record = self.executor, self.record
        cleanups, executor.cleanups = executor.cleanups, []
        for cleanup in cleanups:
            if cleanup.moment is not None:
                record.activation, record.path = cleanup.moment.activation, cleanup.moment.path
                executor.fields = family.fields
                executor.run_cleanup(cleanup)
        executor.fields, executor.cleanups, record.path = None, [], ()

    def _was_run(self, node: FunctionDef) -> bool:
        return node in self._run_nodes or node in self.executor.called

    def _run_entry(self, family: Family, entry: _Entry) -> None:
        executor, record, node = self.executor, self.record, entry.node
        self._run_nodes.add(node)
        activation = Activation(
            node, entry.hook, family, self._idiom(entry), entry.is_fixture, node.name in _AROUND_TESTS
        )
        activation.is_dead = self._is_dead(entry)
        family.activations.append(activation)
        record.activation, record.after_yield = activation, False
        executor.fields = family.fields if entry.owner is not None else None
        module = entry.owner.module if entry.owner is not None else self.module
        frame = Frame(module.frame, owner=entry.owner)
        self._bind_parameters(frame, entry, family)
        executor.frame, record.origin = frame, module
        covers = executor.covers
        executor.covers = covers.copy()
        by_decorators = self._cover_by_decorators(entry, family)
        executor.run(node.body)
        if entry.hook.phase is Phase.SETUP:
            executor.covers.remove(by_decorators)  # they end with the function
        else:
            executor.covers = covers
        executor.frame, executor.fields = self.module.frame, None

    def _is_dead(self, entry: _Entry) -> bool:
        """Whether nothing calls a method: it stands in a test case of its own, and no line but its first names it."""
        if entry.hook.phase is not Phase.OTHER or entry.owner is None or not seems_test_case(entry.owner):
            return False
        return any(entry.owner.tests()) and self.module.names(entry.node.name) == 1

    def _bind_parameters(self, frame: Frame, entry: _Entry, family: Family) -> None:
        arguments = entry.node.args
        names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
        for name in (*names, *(argument.arg for argument in arguments.kwonlyargs)):
            frame.names[name] = self._parameter(name)
        for extra in (arguments.vararg, arguments.kwarg):
            if extra is not None:
                frame.names[extra.arg] = UNKNOWN
        is_context = entry.owner is None and self.module.is_behave_environment
        if (entry.owner is not None or is_context) and names and not is_static(entry.node):
            frame.names[names[0]] = Self(family.fields)
            names = names[1:]
        if entry.hook is lifetime.HELPER:
            return  # its caller gives arguments of its own, and the mocks come behind them
        injecting = [decorator for decorator in reversed(entry.node.decorator_list) if self._injects(decorator)]
        for name, decorator in zip(names, injecting):
            frame.names[name] = MockObject(has_spec=_gives_spec(decorator))

    def _parameter(self, name: str) -> Value:
        if name in MOCKER_FIXTURES:
            return Mocker()
        if name == "monkeypatch":
            return MonkeyPatch(None, automatic=True)
        return UNKNOWN

    def _injects(self, decorator: ast.expr) -> bool:
        """Whether a decorator hands its mock to the function: ``@patch("a.b")`` without a value of its own."""
        if not isinstance(decorator, ast.Call):
            return False
        name = dotted_name(decorator.func) or ""
        if not name.endswith(("patch", "patch.object")):
            return False
        given = len(decorator.args) + sum(keyword.arg == "new" for keyword in decorator.keywords)
        return given < (3 if name.endswith("object") else 2)

    def _cover_by_decorators(self, entry: _Entry, family: Family) -> list[Place]:
        """Note what the decorators of a function and of its class patch while it runs."""
        places: list[Place] = []
        for decorator in entry.node.decorator_list:
            known = self._may_patch(decorator)
            places.extend(_places(self.executor.value(decorator)) if known else kept_by_name(decorator))
        if family.source is not None and entry.hook is lifetime.TEST_BODY:
            for ancestor in family.source.ancestry():
                for value in ancestor.patched:
                    places.extend(_places(value))
        self.executor.covers.extend(places)
        return places

    def _may_patch(self, decorator: ast.expr) -> bool:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = dotted_name(function) or ""
        return name.endswith(tuple(PATCH_CALLS)) or isinstance(decorator, ast.Name)

    def _fixture_lifetime(self, node: FunctionDef) -> Lifetime | None:
        for decorator in node.decorator_list:
            function = decorator.func if isinstance(decorator, ast.Call) else decorator
            name = dotted_name(function) or ""
            if name.rpartition(".")[2] not in FIXTURE_DECORATORS:
                continue
            if isinstance(decorator, ast.Call):
                for keyword in decorator.keywords:
                    if keyword.arg == "scope":
                        scope = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
                        return lifetime.FIXTURE_SCOPES.get(str(scope), Lifetime.SESSION)
            return Lifetime.TEST
        return None

    def _idiom(self, entry: _Entry) -> Idiom:
        if entry.is_fixture:
            return Idiom.FIXTURE
        if entry.owner is not None:
            if entry.hook.lifetime is Lifetime.CLASS:
                return Idiom.UNITTEST_CLASS
            if entry.hook.phase is not Phase.OTHER and seems_test_case(entry.owner):
                return Idiom.UNITTEST
        if self.module.is_behave_environment and entry.node.name in lifetime.BEHAVE_HOOKS:
            return Idiom.BEHAVE
        if is_generator(entry.node, self.module):
            return Idiom.CONTEXT_MANAGER
        return Idiom.FUNCTION


def run_module_level(module: ModuleSource) -> None:
    """Run the module level of another file: it gives its names their values."""
    try:
        Executor(module, Recorder(), ModelSettings()).run(module.tree.body)
    except (TooMuch, RecursionError):
        module.frame.names.clear()


def _gives_spec(decorator: ast.expr) -> bool:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return any(keyword.arg is None or keyword.arg in SPECIFYING for keyword in keywords)


def _places(value: Value) -> tuple[Place, ...]:
    return value.places if isinstance(value, Patcher) else ()
