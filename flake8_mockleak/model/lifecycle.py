"""Runs a file the way the test framework does: import, set-up, tests, teardown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_mockleak.model import lifetime
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.binding import is_generator
from flake8_mockleak.model.called_helpers import called_helpers
from flake8_mockleak.model.decorations import PatchDecorator, PatchReader
from flake8_mockleak.model.contexts import kept_by_name
from flake8_mockleak.model.evaluate import LEAVING
from flake8_mockleak.model.execute import Executor, TooMuch
from flake8_mockleak.model.facts import Acquisition, Activation, Idiom, Release, SkippedRelease, Way
from flake8_mockleak.model.handing import Handing
from flake8_mockleak.model.lifetime import Guarantee, Hook, Lifetime, Phase
from flake8_mockleak.model.names import (
    FIXTURE_DECORATORS,
    MOCKER_FIXTURES,
    PATCH_CALLS,
    SPECIFYING,
    UNKNOWN_LIBRARY,
)
from flake8_mockleak.model.places import Covers, Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.requested import OwnFixtures, fixture_name, is_hook_wrapper
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.slotted import field, slotted
from flake8_mockleak.model.source import (
    ClassSource,
    Frame,
    FunctionDef,
    ModuleSource,
    asks_for,
    dotted_name,
    is_always_taken,
    is_static,
    shared_path,
)
from flake8_mockleak.model.started_elsewhere import (
    Start,
    bases_patch,
    by_decorators,
    by_imported_hooks,
    imports_set_up,
)
from flake8_mockleak.model.testcases import is_framework, is_plain_test_class, seems_test_case
from flake8_mockleak.model.triggers import is_test_path
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
from flake8_mockleak.model.verdict import Releases, judge
from flake8_mockleak.model.wellknown import FRAMEWORKS, OF_TEST_CASE

_UNITTEST_SETUPS = frozenset({"setUp", "_setUp", "asyncSetUp"})
_NOWHERE = ast.Constant(None)
_TAKES_ITS_MODULE = frozenset({"setup_module", "teardown_module"})
_OF_UNITTEST = frozenset({"unittest.TestCase", "unittest.IsolatedAsyncioTestCase"})
_HOOKS_OF_UNITTEST = {name: hook for name, hook in lifetime.CASE_HOOKS.items() if name != "cleanUp"}  # of fixtures
_UNITTEST_TEARDOWNS = frozenset({"tearDown", "asyncTearDown", "tearDownClass"})
_TEARDOWNS = _UNITTEST_TEARDOWNS | {"teardown_method", "teardown_class"}
_ENDS_BASE_FIRST = r"(?s)super\([^\n]*\)\.(?:tearDown|teardown_method)\(.*\.stop\(\)"
# Written like one of unittest or pytest, or of nose; `teardown` itself was called by pytest before 8.
_MISSPELT_TEARDOWN = r"(?i)(?:async_?)?tear_?down"
_LIKE_A_TEARDOWN = rf"{_MISSPELT_TEARDOWN}_?\w"
_AROUND_TESTS = frozenset({"run", "__call__", "debug", "runTest"})


@slotted
class Family:
    """Functions that the framework runs together: those of a class, or those of the module.

    ``asks_base`` tells that a base of another file is to be run as well: a teardown does not call that of its base, a
    mixin has a set-up that replaces something, or a patcher is put in a list that the base has made.
    """

    source: ClassSource | None
    fields: Fields = field(default_factory=Fields)
    activations: list[Activation] = field(default_factory=list)
    asks_base: bool = False


@slotted
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
        self._given: dict[str, Value] = {}
        self._handing = Handing(module, beyond)
        self._run_nodes: set[FunctionDef] = set()
        self._readers: dict[ModuleSource, PatchReader] = {}

    def run(self) -> None:
        """Run the whole file; of one that replaces nothing, what keeps a base of another file from restoring."""
        self.run_import()
        module = self.module
        if is_test_path(module.path):
            imports = [(name, value.path) for name, value in module.frame.names.items() if isinstance(value, Shared)]
            bases = [base.path for each in module.classes for base in each.bases if isinstance(base, Shared)]
            module.called_helpers = called_helpers(module.whole_text, module.path, imports, bases)
            if module.called_helpers.functions and self._calls_helpers_on_import():
                self.record.forget([None])
                self.record.patchers.clear()
                self.run_import()  # now they are known
        acts = bool(self.triggers or module.called_helpers or self._is_for_others)
        if acts:
            self._follow_helpers()
        if acts or imports_set_up(module):
            self._run_module()
        for source in list(module.classes):
            is_acting = acts and any(self.triggers.acts(each.node) for each in source.ancestry())
            if is_acting or _skipping(source) or any(True for _ in self._started_by_decorators(source)):
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

    def _calls_helpers_on_import(self) -> bool:
        """Whether a statement of the module level calls a helper of another file."""
        statements = (each for each in self.module.tree.body if isinstance(each, (ast.Assign, ast.AnnAssign, ast.Expr)))
        calls = (node for each in statements for node in ast.walk(each) if isinstance(node, ast.Call))
        names = self.module.called_helpers.names
        return any((dotted_name(call.func) or "").rpartition(".")[2] in names for call in calls)

    def _follow_helpers(self) -> None:
        """A test that calls a helper which replaces something is worth running too."""
        names = self.module.frame.names
        shared = {name for name, value in names.items() if not isinstance(value, (Function, Constant, MockObject))}
        self.triggers.narrow(
            shared,
            self.module.function_spans,
            self.settings.follows_configurations,
            self._handing.hands_out,
            self._handing.gives,
        )
        if self.module.called_helpers:
            self.triggers.follow(self.module.called_helpers.names)
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
        for start in by_imported_hooks(self.module, self.beyond.find) if self.beyond is not None else ():
            self._start(family, start)
        entries = [self._module_entry(name, node) for name, node in self.module.functions.items()]
        self._run_entries(family, [entry for entry in entries if self._is_worth_running(entry)])
        self._let_stay()

    def _let_stay(self) -> None:
        """Count what a helper replaces by own code, and does not put back itself, as a default that it sets."""
        record = self.record
        for acquisition in [each for each in record.acquisitions if each.may_stay]:
            activation, place = acquisition.moment.activation, acquisition.places[0]
            own = (each for each in record.releases if each.moment.activation is activation)
            judge(acquisition, Releases(each for each in own if each.place is None or each.place.key == place.key))
            if acquisition.guarantee is Guarantee.NEVER:
                record.acquisitions.remove(acquisition)
                record.releases.append(Release(acquisition.node, acquisition.moment, None, place, is_default=True))
            else:
                activation.replaced.add(place.key)

    def _is_worth_running(self, entry: _Entry) -> bool:
        """Whether a function acts, or is a fixture or teardown that may put back what others replace by hand."""
        node = entry.node
        if self.triggers.acts(node):
            return True
        if not entry.is_fixture:
            return entry.hook.phase is Phase.TEARDOWN
        may_mend = self._is_for_others or self.triggers.replaces_by_hand
        if may_mend and (
            self.triggers.undoes(node) or self.triggers.yields(node) or self.triggers.makes_mock(node)
        ):
            return True
        name, text = fixture_name(node), self.module.whole_text
        if f"type({name})." in text or f"{name}.__class__." in text:
            return True  # a test replaces what the class of its object has
        # A test starts the patcher that the fixture makes.
        return self.triggers.undoes(node) and f"{name}.start(" in text

    def _module_entry(self, name: str, node: FunctionDef) -> _Entry:
        fixture = _fixture_lifetime(node, self.module)
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
        hooks = _hooks_of(source)
        mixes_in = self._mixes_in_setups(source)
        entries: list[_Entry] = []
        seen: set[str] = set()
        skipping, skipped, hidden = _skipping(source), list[_Entry](), source.hidden()
        for ancestor in source.ancestry():
            for name, node in ancestor.methods.items():
                if name in OF_TEST_CASE and ancestor in hidden:
                    continue
                if name in seen:
                    if name in skipping and name in hooks:
                        skipped.append(_Entry(node, hooks[name], ancestor, is_fixture=False))
                    continue
                seen.add(name)
                fixture = _fixture_lifetime(node, ancestor.module)
                if fixture is not None:
                    entries.append(_Entry(node, Hook(Phase.SETUP, fixture), ancestor, is_fixture=True))
                elif name in hooks and _is_never_awaited(node, source):
                    continue
                elif name in hooks:
                    entries.append(_Entry(node, hooks[name], ancestor, is_fixture=False))
                elif hooks_only:
                    continue
                elif ancestor is source and (mixes_in or self.triggers.acts(node) or name in LEAVING):
                    hook = lifetime.TEST_BODY if name.startswith("test") else lifetime.HELPER
                    entries.append(_Entry(node, hook, ancestor, is_fixture=False))
                elif name in _AROUND_TESTS and self._may_mend_around(node, ancestor):
                    entries.append(_Entry(node, lifetime.HELPER, ancestor, is_fixture=False))
        self._cover_by_tables(source)
        for start in self._started_by_decorators(source):
            self._start(family, start)
        self._run_entries(family, entries)
        asks = mixes_in or self._ends_base_first(family, source)
        if family.activations and (asks or not self.record.kept_by_bases.isdisjoint(family.activations)):
            family.asks_base = True
            self.record.open_questions.add(family.activations[-1])
        if skipping and family.activations:  # none, if nobody awaits the only teardown
            family.asks_base = True
            self.record.open_questions.add(family.activations[-1])  # what would the teardown of the base do?
            self._run_skipped(family, skipped)

    def _ends_base_first(self, family: Family, source: ClassSource) -> bool:
        """Whether a base in another file may patch what the class patches too, and its teardown is called first."""
        teardown = source.methods.get("tearDown") or source.methods.get("teardown_method")
        if teardown is None or self.beyond is None:
            return False
        if re.search(_ENDS_BASE_FIRST, self.module.text_of(teardown)) is None:
            return False
        acquired = [each for each in self.record.acquisitions if each.moment.activation.family is family]
        return bases_patch({place.name for each in acquired for place in each.places}, source, self.beyond.find)

    def _mixes_in_setups(self, source: ClassSource) -> bool:
        """Whether a base of another file, which is no test case, replaces something in its set-up for good."""
        mixins = self.module.called_helpers.mixins
        return bool(mixins) and any(base.path in mixins for base in source.bases if isinstance(base, Shared))

    def _started_by_decorators(self, source: ClassSource) -> Iterator[Start]:
        yield from by_decorators(source, self.beyond.find) if self.beyond is not None else ()

    def _start(self, family: Family, start: Start) -> None:
        """Note a patch that a function of another file starts, and that nothing has the patcher of."""
        self.record.activation = Activation(None, start.hook, family, start.idiom)
        family.activations.append(self.record.activation)
        nothing: frozenset[str] = frozenset()
        patcher = Patcher(_NOWHERE, UNKNOWN_LIBRARY, enters=nothing, leaves=nothing, is_object=True)
        patcher.holders.append(start.name)
        self.record.acquire(Way.STARTED, start.node, patcher).helper = start.name

    def _may_mend_around(self, node: FunctionDef, owner: ClassSource) -> bool:
        """Whether what runs a test may put back what the test replaces: by what its text says, or a file beyond."""
        return owner.module is not self.module or owner.module.triggers.mentions(node)

    def _run_skipped(self, family: Family, entries: list[_Entry]) -> None:
        """Run the teardowns that the class should have called, for what they would have released."""
        assert family.source is not None
        for entry in entries:
            teardown = family.source.methods[entry.node.name]
            with self.record.apart():
                self._run_entry(family, entry)
                self.record.skipped += [SkippedRelease(release, teardown) for release in self.record.releases]

    def _cover_by_tables(self, source: ClassSource) -> None:
        """A method that returns ``{module: {"name": mock}}`` tells a base class which globals to replace."""
        if all(map(is_framework, source.foreign_bases())):
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
        # In a `unittest.TestCase`, pytest runs `setup_method` before `setUp`.
        setups.sort(key=lambda entry: (-entry.hook.lifetime, not entry.is_fixture, entry.node.name != "setup_method"))
        setups = list(_after_what_they_ask_for(setups))
        executor, kept = self.executor, dict(self.executor.kept)
        for entry in setups:
            if entry.hook.lifetime is not Lifetime.TEST:
                self._run_entry(family, entry)
        around = [entry for entry in entries if entry.owner is not None and entry.node.name in _AROUND_TESTS]
        for entry in around:  # what runs a test runs its set-up too: what it saves is the original
            executor.around, executor.around_since = [], len(executor.covers)
            self._run_entry(family, entry)
            executor.covers.extend(executor.around)
        by_fixtures: dict[FunctionDef, list[Place]] = {}
        for entry in setups:
            if entry.hook.lifetime is Lifetime.TEST:
                covered = len(executor.covers)
                self._run_entry(family, entry)
                if entry.is_fixture and entry.owner is None and len(executor.covers) > covered:
                    by_fixtures[entry.node] = executor.covers.since(covered)
        fixtures = OwnFixtures(self.module) if by_fixtures else None
        start, start_covers = dict(family.fields.values), executor.covers.copy()
        start_replaced, start_kept = dict(executor.replaced), dict(executor.kept)
        left: dict[str, Value] = dict(start)
        for phase in (Phase.BODY, Phase.OTHER):
            for entry in entries:
                if entry.hook.phase is not phase or phase is Phase.OTHER and self._was_run(entry.node):
                    continue
                family.fields.values = dict(start)
                executor.covers, executor.replaced = start_covers.copy(), dict(start_replaced)
                if fixtures is not None and phase is Phase.BODY:
                    for fixture in fixtures.leave_out(entry.node, by_fixtures):
                        executor.covers.remove(by_fixtures[fixture])
                executor.kept = dict(start_kept)
                self._run_entry(family, entry)
                for name, value in family.fields.values.items():
                    left[name] = union([left[name], value]) if name in left else value
        family.fields.values = left
        executor.replaced, executor.kept = {}, start_kept
        if family.source is not None:
            self._run_stopping_helpers(family, entries)
        self._run_cleanups(family)
        teardowns = [entry for entry in entries if entry.hook.phase is Phase.TEARDOWN]
        for entry in sorted(teardowns, key=lambda entry: entry.hook.lifetime):
            self._run_entry(family, entry)
        self._run_for_releases(family, around)  # and its teardown
        executor.covers, executor.replaced, executor.kept = Covers(), {}, kept

    def _run_stopping_helpers(self, family: Family, entries: list[_Entry]) -> None:
        """Run the helpers that nothing here calls again: one may stop what another of them has kept in a field.

        The tests of another file, or of a subclass, call both.
        """
        if any(_is_started_by_helper(acquisition, family) for acquisition in self.record.acquisitions):
            helpers = [entry for entry in entries if entry.hook is lifetime.HELPER and not self._is_dead(entry)]
            self._run_for_releases(family, [entry for entry in helpers if entry.node not in self.executor.called])

    def _run_for_releases(self, family: Family, entries: list[_Entry]) -> None:
        """Run functions once more, now that the fields have their patchers, for what they stop."""
        record, kept = self.record, dict(family.fields.values)
        before, acquired = len(record.releases), len(record.acquisitions)
        with record.deferred(Lifetime.TEST), record.assured():
            for entry in entries:
                self._run_entry(family, entry)
                family.fields.values = dict(kept)
        record.releases[before:] = [release for release in record.releases[before:] if release.holder is not None]
        del record.acquisitions[acquired:]

    def _run_cleanups(self, family: Family) -> None:
        """Run the registered cleanups again: by now the holders they ask for have got their patchers."""
        executor, record = self.executor, self.record
        cleanups, executor.cleanups = executor.cleanups, []
        for cleanup in cleanups:
            if cleanup.moment is not None:
                record.activation, record.path = cleanup.moment.activation, cleanup.moment.path
                record.asserted = cleanup.moment.asserted
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
        activation.is_dead, activation.asserted = self._is_dead(entry), record.asserted
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
        executor.given = [] if entry.is_fixture and self._gives_to_own_tests(entry) else None
        path = record.path
        executor.run(node.body)
        record.path = path
        if executor.given is not None:
            self._given[fixture_name(node)] = union(executor.given)
            executor.given = None
        if entry.hook.phase is Phase.SETUP:
            executor.covers.remove(by_decorators)  # they end with the function
        else:
            executor.covers = covers
        executor.frame, executor.fields = self.module.frame, None

    def _gives_to_own_tests(self, entry: _Entry) -> bool:
        """Whether all that ask for a fixture stand in this file, and ask by a parameter."""
        if self._is_for_others or not self.module.has_tests or self.module.is_deliberate_setup:
            return False
        return "getfixturevalue" not in self.module.whole_text

    def _is_dead(self, entry: _Entry) -> bool:
        """Whether nothing calls a function: it stands with tests of its own, and no line but its first names it.

        Of a base class that has none, a misspelt teardown alone: any other method its subclasses may call.
        """
        node, owner = entry.node, entry.owner
        if entry.hook.phase is not Phase.OTHER or not all(map(_binds_no_self, node.decorator_list)):
            return False
        if _passes_on_to_another(node):
            is_left_alone = True
        elif owner is None:  # what else a module has, the tests of other files may call
            is_left_alone = self.module.has_tests and re.match(_LIKE_A_TEARDOWN, node.name) is not None
        else:
            is_meant = any(owner.tests()) or re.fullmatch(_MISSPELT_TEARDOWN, node.name) is not None
            is_left_alone = is_meant and (seems_test_case(owner) or is_plain_test_class(owner))
        if not is_left_alone:
            return False
        named = self.module.names(node.name)
        return named == 1 or named == sum(each.name == node.name for each in self.module.all_functions())

    def _bind_parameters(self, frame: Frame, entry: _Entry, family: Family) -> None:
        arguments = entry.node.args
        names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
        is_asking = entry.hook is not lifetime.HELPER
        for name in (*names, *(argument.arg for argument in arguments.kwonlyargs)):
            frame.names[name] = self._parameter(name, is_asking)
        for extra in (arguments.vararg, arguments.kwarg):
            if extra is not None:
                frame.names[extra.arg] = UNKNOWN
        is_context = entry.owner is None and (
            self.module.is_behave_environment or entry.node.name in _TAKES_ITS_MODULE
        )
        if (entry.owner is not None or is_context) and names and not is_static(entry.node):
            frame.names[names[0]] = Self(family.fields)
            names = names[1:]
        if entry.hook is lifetime.HELPER:
            return  # its caller gives arguments of its own, and the mocks come behind them
        for name, patch in zip(names, self._injecting(entry)):
            frame.names[name] = MockObject(has_spec=_gives_spec(patch.node))

    def _injecting(self, entry: _Entry) -> Iterator[PatchDecorator]:
        """Yield the patches that hand their mocks over, as far as that is known, in the order of the parameters."""
        module = entry.owner.module if entry.owner is not None else self.module
        if module not in self._readers:
            self._readers[module] = PatchReader(module)
        reader = self._readers[module]
        for decorator in reversed(entry.node.decorator_list):
            patch = reader.patch(decorator)
            if patch is not None and patch.injects is None:
                return
            if patch is not None and patch.injects:
                yield patch

    def _parameter(self, name: str, is_asking: bool) -> Value:
        if name in MOCKER_FIXTURES:
            return Mocker()
        if name == "monkeypatch":
            return MonkeyPatch(None, automatic=True)
        given = self._given.get(name) or self._handing.given(name) if is_asking else UNKNOWN
        if isinstance(given, (Patcher, MonkeyPatch)) and not given.holders:
            given.holders.append(name)
        return given

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

    def _idiom(self, entry: _Entry) -> Idiom:
        if entry.is_fixture:
            return Idiom.FIXTURE
        name, is_helper = entry.node.name, entry.hook.phase is Phase.OTHER
        is_case = entry.owner is not None and seems_test_case(entry.owner)
        if entry.hook.phase is Phase.SETUP and name in lifetime.TEARDOWNS and not is_case:
            return Idiom.XUNIT
        if entry.owner is not None and entry.hook.lifetime is Lifetime.CLASS:
            return Idiom.UNITTEST_CLASS
        if name == "setUpModule":
            return Idiom.UNITTEST_MODULE
        if entry.owner is None and self.module.is_behave_environment and name in lifetime.BEHAVE_HOOKS:
            return Idiom.BEHAVE
        if is_helper and is_generator(entry.node, self.module):
            return Idiom.CONTEXT_MANAGER
        if entry.owner is not None and name in _UNITTEST_SETUPS:
            return Idiom.UNITTEST
        if is_case and not (is_helper and any(map(_binds_no_self, entry.node.decorator_list))):
            return Idiom.UNITTEST
        return Idiom.HELPER if is_helper else Idiom.FUNCTION


def _fixture_lifetime(node: FunctionDef, module: ModuleSource) -> Lifetime | None:
    """Return how long what a fixture sets up lasts, ``None`` for a function that is no fixture."""
    if node.name in lifetime.HOOKS_AROUND_TESTS and is_hook_wrapper(node):
        return Lifetime.TEST
    for decorator in node.decorator_list if module.mentions_fixtures else ():
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


def _after_what_they_ask_for(setups: list[_Entry]) -> Iterator[_Entry]:
    """Yield set-ups in order, but each fixture behind those that it has for parameters."""
    fixtures = {fixture_name(entry.node): entry for entry in setups if entry.is_fixture}
    if not fixtures:
        yield from setups
        return
    done: set[FunctionDef] = set()
    for setup in setups:
        pending = [setup]
        while pending:
            entry = pending[-1]
            asked = [fixtures.get(each.arg) for each in entry.node.args.args]
            missing = [each for each in asked if each is not None and each.node not in done and each not in pending]
            if missing:
                pending += missing
                continue
            pending.pop()
            if entry.node not in done:
                done.add(entry.node)
                yield entry


def _passes_on_to_another(node: FunctionDef) -> bool:
    """Whether a function is meant to be another teardown: a ``tear_down`` that calls the base's ``tearDown``."""
    if re.match(_MISSPELT_TEARDOWN, node.name) is None:
        return False
    return any(asks_for(node, name) for name in _UNITTEST_TEARDOWNS if name != node.name)


def _hooks_of(source: ClassSource) -> dict[str, Hook]:
    """Return the methods that are run around the tests of a class.

    One with a ``setup_method`` or ``setup_class`` is run by pytest, which calls no ``teardown`` since version 8, and
    ``tearDown`` or ``tearDownClass`` in a ``unittest.TestCase`` alone. A mixin whose ``setUp`` calls the next is one
    for unittest, which knows no ``teardown``.
    """
    if _is_of_unittest(source):
        return _HOOKS_OF_UNITTEST
    set_up = source.methods.get("setUp")
    if seems_test_case(source) or set_up is not None and asks_for(set_up, "setUp"):
        return lifetime.CASE_HOOKS
    methods = {name for ancestor in source.ancestry() for name in ancestor.methods}
    is_of_pytest = not methods.isdisjoint({"setup_method", "setup_class"}) and is_plain_test_class(source)
    if is_of_pytest and methods.isdisjoint({"setup", "setUp", "setUpClass"}):
        return {name: hook for name, hook in lifetime.CASE_HOOKS.items() if name not in _UNITTEST_TEARDOWNS}
    return lifetime.PLAIN_CASE_HOOKS


def _is_never_awaited(node: FunctionDef, source: ClassSource) -> bool:
    """Whether unittest calls a coroutine function and drops what it gets: an ``async def tearDown``."""
    if not isinstance(node, ast.AsyncFunctionDef) or node.name.startswith("async"):
        return False
    return _is_of_unittest(source)


def _is_of_unittest(source: ClassSource) -> bool:
    """Whether a class has bases of unittest itself, and no others that are not at hand."""
    bases = source.foreign_bases()
    return bool(bases) and all(isinstance(base, Shared) and base.path in _OF_UNITTEST for base in bases)


def _is_started_by_helper(acquisition: Acquisition, family: Family) -> bool:
    activation = acquisition.moment.activation
    return activation.family is family and activation.hook is lifetime.HELPER and acquisition.holder is not None


def _skipping(source: ClassSource) -> list[str]:
    """Return the teardowns of a class that do not call those of a base in another file."""
    if _TEARDOWNS.isdisjoint(source.methods):
        return []
    if not any(isinstance(base, Shared) and base.path not in FRAMEWORKS for base in source.foreign_bases()) and not any(
        each.module is not source.module for each in source.ancestry()
    ):
        return []
    return [name for name, node in source.methods.items() if name in _TEARDOWNS and not asks_for(node, name)]


def run_module_level(module: ModuleSource) -> None:
    """Run the module level of another file: it gives its names their values."""
    try:
        Executor(module, Recorder(), ModelSettings()).run(module.tree.body)
    except (TooMuch, RecursionError):
        module.frame.names.clear()


def _binds_no_self(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id in {"staticmethod", "classmethod"}


def _gives_spec(call: ast.Call) -> bool:
    return any(keyword.arg is None or keyword.arg in SPECIFYING for keyword in call.keywords)


def _places(value: Value) -> tuple[Place, ...]:
    return value.places if isinstance(value, Patcher) else ()
