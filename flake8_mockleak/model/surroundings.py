"""Looks beyond the file where an acquisition seems to leak: at base classes, helpers and ``conftest.py``."""

from __future__ import annotations

import ast
import re
from enum import Enum
from typing import NamedTuple

from flake8_mockleak.model.beyond import Beyond, Evidence, link
from flake8_mockleak.model.evaluate import LEAVING
from flake8_mockleak.model.elsewhere import RELEASING
from flake8_mockleak.model.facts import Acquisition, Activation, Moment, Release, Way
from flake8_mockleak.model.lifecycle import Family, Lifecycle
from flake8_mockleak.model.lifetime import CASE_HOOKS, Guarantee, Lifetime, Phase
from flake8_mockleak.model.names import UNKNOWN_LIBRARY
from flake8_mockleak.model.places import Kind
from flake8_mockleak.model.requested import fixture_name, is_autouse, is_requested
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ClassSource, FunctionDef, ModuleSource, asks_for, dotted_name
from flake8_mockleak.model.support import SupportFiles
from flake8_mockleak.model.values import UNKNOWN, Instance, MonkeyPatch, Patcher, Shared, Value
from flake8_mockleak.model.verdict import Releases, is_same_library, judge
from flake8_mockleak.model.wellknown import FRAMEWORKS, STOP_STARTED_PATCHES, UNDO_NOTHING
from flake8_mockleak.model.write import is_mock


class BaseClass(Enum):
    """What a base class of another file does about started patches."""

    STOPS = "stops every started patch"
    STOPS_LAST = "stops every started patch in a teardown that can be read"
    FRAMEWORK = "belongs to a test framework and stops none"
    READ = "can be read"
    UNKNOWN = "cannot be found"


class _Judged(NamedTuple):
    """What bases do.

    Of those that stop patches: the library whose patches these are, and the ``hooks`` that do it or register it. Of
    others: the hooks that they keep from the bases behind them, as they do not call theirs.
    """

    verdict: BaseClass
    library: str = UNKNOWN_LIBRARY
    hooks: frozenset[str] = frozenset({"setUp"})
    hidden: frozenset[str] = frozenset()


_STOPPING = frozenset({BaseClass.STOPS, BaseClass.STOPS_LAST})
_NO_TEST_CASE = frozenset({"builtins.object", "abc.ABC", "typing.Generic"})
_UNITTEST_HOOKS = frozenset({"setUp", "tearDown", "setUpClass", "tearDownClass", "asyncSetUp", "asyncTearDown"})

_read_before: dict[tuple[str, tuple[str, ...], ModelSettings], tuple[_Judged, Evidence]] = {}


class Surroundings:
    """Settles the acquisitions of one file that nothing in the file itself releases for sure."""

    def __init__(self, lifecycle: Lifecycle, beyond: Beyond, settings: ModelSettings) -> None:
        self._lifecycle = lifecycle
        self._beyond = beyond
        self._support = SupportFiles(lifecycle.module, beyond)
        self._readers: list[Beyond] = []
        self._settings = settings
        self._by_conftest: list[Release] | None = None
        self._homes: dict[Activation, ModuleSource] = {}
        self._may_undo_anything = False
        self._stopped_by_tests: set[str] | None = None
        self._bases: dict[str, tuple[_Judged, Evidence | None]] = {}
        self._verdicts: dict[ClassSource, _Judged] = {}

    def settle(self, acquisitions: list[Acquisition]) -> list[Acquisition]:
        """Judge the acquisitions anew with what other files tell, and return those of the file."""
        record = self._lifecycle.record
        by_family: dict[object, list[Acquisition]] = {activation.family: [] for activation in record.open_questions}
        for acquisition in acquisitions:
            by_family.setdefault(acquisition.moment.activation.family, []).append(acquisition)
        doubtful = [
            family
            for family in self._lifecycle.families
            if family.asks_base or _is_doubtful(by_family.get(family))
        ]
        self._run_again([family for family in doubtful if not self._settle_family(family, by_family[family])])
        for acquisition in record.acquisitions:
            if acquisition.guarantee < Guarantee.TEARDOWN:
                self._ask_conftest(acquisition)
            if acquisition.origin is self._lifecycle.module and _may_be_stopped_by_others(acquisition):
                acquisition.guarantee = Guarantee.ALWAYS
            if acquisition.guarantee < Guarantee.TEARDOWN:
                self._ask_what_it_is(acquisition)
            if acquisition.guarantee is Guarantee.NEVER:
                if self._support.may_put_back(acquisition, self._is_followed_to_base(acquisition)):
                    acquisition.guarantee = Guarantee.ALWAYS
        return record.acquisitions

    def _is_followed_to_base(self, acquisition: Acquisition) -> bool:
        """Whether a base of another file was followed, and what it puts in the place is known: not the original."""
        family, origin = acquisition.moment.activation.family, self._lifecycle.module
        return any(
            each.places[0].key == acquisition.places[0].key and each.moment.activation.family is family
            for each in self._lifecycle.record.acquisitions
            if each.origin is not origin and each.way is acquisition.way is Way.ASSIGNED
        )

    def _settle_family(self, family: Family, acquisitions: list[Acquisition]) -> bool:
        """Settle a family by what its bases are known for; returns whether that is enough."""
        bases = self._judge_bases(family.source)
        if self._forgets_some(family):
            return True
        if family.source is None:
            _give_up([each for each in acquisitions if self._may_be_undone_by_callers(each)])
        if bases is not BaseClass.FRAMEWORK:
            _leave_configuration(acquisitions)
        if bases in {BaseClass.STOPS, BaseClass.UNKNOWN}:
            is_alone = family.source is not None and is_mixin(family.source)
            forgotten = self._forgotten_by_pair(family, acquisitions) if is_alone else []
            left = [each for each in acquisitions if each not in forgotten]
            _leave_to_bases(left, self._judged(family.source))
            return not any(each.guarantee < Guarantee.TEARDOWN for each in left)
        if _is_of_helpers(family):
            by_helpers = [
                each
                for each in acquisitions
                if each.moment.activation.hook.phase is not Phase.BODY and self._is_stopped_by_tests(each)
            ]
            _give_up(by_helpers)
            if by_helpers and len(by_helpers) == len(acquisitions):
                return True
        record = self._lifecycle.record
        asks = any(each.family is family for each in (*record.open_questions, *record.open_releases))
        return bases is BaseClass.FRAMEWORK and not asks

    def _forgets_some(self, family: Family) -> bool:
        """Whether an object that is no test case has a method that stops some of the patchers that another has started.

        Then nobody else will stop the others: a helper with ``start()`` and ``stop()``. Where it is made as an
        object, and is no mixin, they may have other names.
        """
        source = family.source
        if source is None or source.bases or not _UNITTEST_HOOKS.isdisjoint(source.methods) or any(source.tests()):
            return False
        record = self._lifecycle.record
        is_made = "__init__" in source.methods or source.node.decorator_list  # a dataclass
        started = {each.holder: each.moment.activation for each in record.acquisitions}
        return any(
            isinstance(release.holder, Patcher)
            and (activation := release.moment.activation).family is family
            and activation.node is not None
            and (is_made or activation.node.name in LEAVING)
            and started.get(release.holder, activation) is not activation
            for release in record.releases
        )

    def _forgotten_by_pair(self, family: Family, acquisitions: list[Acquisition]) -> list[Acquisition]:
        """Return what one helper of a mixin starts, of several patches, and another that stops the rest forgets.

        So does its teardown, and one that is written in another way than unittest's, and calls that.
        """
        released: set[object] = set()
        dead: set[object] = set()
        for release in self._lifecycle.record.releases:
            activation = release.moment.activation
            if activation.family is not family or activation.node is None or release.holder is None:
                continue
            if activation.is_dead:
                dead.add(release.holder)
            elif activation.hook.phase is Phase.TEARDOWN or re.search(RELEASING, activation.node.name) is not None:
                released.add(release.holder)
        paired = {each.moment.activation for each in acquisitions if each.holder in released}
        return [
            each
            for each in acquisitions
            if each.guarantee is Guarantee.NEVER
            and isinstance(each.holder, Patcher)
            and (each.holder in dead or each.moment.activation in paired)
        ]

    def _run_again(self, families: list[Family]) -> None:
        """Run families with the bodies of their bases and helpers in other files at hand."""
        if not families:
            return
        for family in families:
            if family.source is not None:
                link(family.source, self._beyond, self._is_known)
        again = self._lifecycle.run_again(families)
        record = self._lifecycle.record
        releases = Releases(record.releases)
        released = {activation.family for activation in record.unknown_releases}
        stopped = {activation.family for activation in record.unknown_stops}  # what is assigned, no stop puts back
        for acquisition in record.acquisitions:
            its = acquisition.moment.activation.family
            if its in again:
                judge(acquisition, releases)
                if its in released or its in stopped and acquisition.way is not Way.ASSIGNED:
                    acquisition.guarantee = Guarantee.ALWAYS
        for family in again:
            own = [each for each in record.acquisitions if each.moment.activation.family is family]
            _leave_to_bases(own, self._judged(family.source))

    def _may_be_undone_by_callers(self, acquisition: Acquisition) -> bool:
        """Whether a helper function acquires that classes call whose bases may undo it."""
        activation = acquisition.moment.activation
        if activation.node is None or activation.hook.phase is not Phase.OTHER:
            return False
        call = f"{activation.node.name}("
        callers = [source for source in self._lifecycle.module.classes if call in source.text()]
        return any(self._judge_bases(source) in {BaseClass.UNKNOWN, BaseClass.STOPS} for source in callers)

    def _is_stopped_by_tests(self, acquisition: Acquisition) -> bool:
        """Whether a test case of the file stops every started patch: helpers beside it may rely on that."""
        if self._stopped_by_tests is None:
            self._stopped_by_tests = {
                release.library
                for release in self._lifecycle.record.releases
                if release.library is not None
                and release.moment.activation.source is not None
                and release.moment.activation.hook.lifetime is Lifetime.TEST
            }
            if any(self._judge_bases(source) is BaseClass.STOPS for source in self._lifecycle.module.classes):
                self._stopped_by_tests.add(UNKNOWN_LIBRARY)
        stopped = self._stopped_by_tests
        if not isinstance(acquisition.holder, Patcher):
            return bool(stopped)
        return any(is_same_library(acquisition.holder, library) for library in stopped)

    # Bases

    def judge_bases(self, source: ClassSource) -> BaseClass:
        """Return what the bases of a class of the file do about started patches."""
        return self._judge_bases(source)

    def _is_known(self, base: Value) -> bool:
        return isinstance(base, Shared) and base.path in FRAMEWORKS

    def _judge_bases(self, source: ClassSource | None) -> BaseClass:
        """Return what the bases of a class that stand in other files do, taken together."""
        return self._judged(source).verdict

    def _judged(self, source: ClassSource | None) -> _Judged:
        if source is None:
            return _Judged(BaseClass.FRAMEWORK)
        if source not in self._verdicts:  # found out before the bases are linked
            foreign = source.foreign_bases()
            verdict = self._judge_bases_anew(source)
            verdict = BaseClass.STOPS if verdict is BaseClass.STOPS_LAST else verdict
            self._verdicts[source] = _Judged(verdict, self._library_of(foreign))
        return self._verdicts[source]

    def _library_of(self, bases: list[Value]) -> str:
        """Return the library whose patches some judged bases stop, as far as they have one in common."""
        if self._settings.safe_bases:
            return UNKNOWN_LIBRARY
        judged = map(self._read_already, bases)
        libraries = {each.library for each in judged if each is not None and each.verdict in _STOPPING}
        return libraries.pop() if len(libraries) == 1 else UNKNOWN_LIBRARY

    def _judge_bases_anew(self, source: ClassSource) -> BaseClass:
        if is_mixin(source):
            return BaseClass.UNKNOWN
        may_gain_hooks = any(map(_changes_subclasses, source.ancestry()))
        if UNKNOWN in source.foreign_bases():
            # astroid may know what the expression comes down to
            is_read = link(source, self._beyond, self._is_known) and not may_gain_hooks
            return BaseClass.READ if is_read else BaseClass.UNKNOWN
        verdict = self._judge_bases_of(source)
        return BaseClass.UNKNOWN if may_gain_hooks and verdict not in _STOPPING else verdict

    def _judge_bases_of(self, source: ClassSource) -> BaseClass:
        foreign = source.foreign_bases()
        judged = [self._judge_base(base) for base in foreign]
        hooks = self._hooks_of(foreign)
        if BaseClass.STOPS_LAST in judged and BaseClass.UNKNOWN not in judged:
            is_first = judged[0] is BaseClass.STOPS_LAST  # no other stands before it that may not call it
            if is_first and all(_calls_base(source, hook) for hook in {"setUp", "tearDown", *hooks}):
                return BaseClass.STOPS_LAST
        elif not _STOPPING.isdisjoint(judged) and all(_calls_base(source, hook) for hook in hooks):
            if not _follows_test_case(source) and not self._are_hidden(hooks, foreign):
                return BaseClass.STOPS
        if BaseClass.UNKNOWN in judged:
            return BaseClass.UNKNOWN
        return BaseClass.FRAMEWORK if all(each is BaseClass.FRAMEWORK for each in judged) else BaseClass.READ

    def _read_already(self, base: Value) -> _Judged | None:
        return self._bases[base.path][0] if isinstance(base, Shared) and base.path in self._bases else None

    def _hooks_of(self, bases: list[Value]) -> frozenset[str]:
        """Return the hooks by which some judged bases stop patches: a class that has such a one has to call theirs."""
        judged = list(map(self._read_already, bases))
        found = [each.hooks for each in judged if each is not None and each.verdict in _STOPPING]
        return frozenset().union(*found) if found else frozenset({"setUp"})

    def _are_hidden(self, hooks: frozenset[str], bases: list[Value]) -> bool:
        """Whether a base in front of the one that stops patches keeps it from doing so."""
        for judged in map(self._read_already, bases):
            if judged is not None and judged.verdict in _STOPPING:
                return False
            if judged is not None and not judged.hidden.isdisjoint(hooks):
                return True
        return False

    def _judge_base(self, base: Value) -> BaseClass:
        if not isinstance(base, Shared):
            return BaseClass.UNKNOWN
        if base.path in self._settings.safe_bases:
            return BaseClass.STOPS
        if base.path in FRAMEWORKS or base.path.startswith("builtins."):
            return BaseClass.FRAMEWORK
        if base.path not in self._bases:
            self._bases[base.path] = self._judge_read(base)
        judged, evidence = self._bases[base.path]
        verdict = judged.verdict
        if self._readers:
            self._readers[-1].adopt(evidence)
        if verdict in {BaseClass.READ, BaseClass.STOPS_LAST} and self._names_safe_base(base):
            return BaseClass.STOPS
        return verdict

    def _judge_read(self, base: Shared) -> tuple[_Judged, Evidence | None]:
        """Read a base, or take the verdict of an earlier file of the run if it still holds.

        Each base has a reader of its own, so that what was read for another does not count towards the bounds: the
        verdict must not depend on what was judged before.
        """
        key = base.path, self._beyond.roots, self._settings
        known = _read_before.get(key)
        if known is not None and self._beyond.confirms(known[1]):
            return known
        reader = self._beyond.anew()
        self._readers.append(reader)
        judged = self._read_base(base, reader)
        self._readers.pop()
        evidence = reader.evidence()
        if evidence is not None:
            _read_before[key] = judged, evidence
        return judged, evidence

    def _names_safe_base(self, base: Shared) -> bool:
        if not self._settings.safe_bases:
            return False
        found = self._beyond.base_class(base)
        if found is None:
            return False
        link(found.source, self._beyond, self._is_known)
        names = {f"{source.module.name}.{source.name}" for source in found.source.ancestry()}
        names |= {each.path for each in found.source.foreign_bases() if isinstance(each, Shared)}
        return bool(names & self._settings.safe_bases)

    def _read_base(self, base: Shared, beyond: Beyond) -> _Judged:
        found = beyond.base_class(base)
        if found is None:
            path = beyond.canonical(base.path)
            if path in FRAMEWORKS or path in UNDO_NOTHING:
                return _Judged(BaseClass.FRAMEWORK)
            is_known = not STOP_STARTED_PATCHES.isdisjoint({base.path, path})
            return _Judged(BaseClass.STOPS if is_known else BaseClass.UNKNOWN)
        foreign = found.source.foreign_bases()
        verdict = self._judge_bases_of(found.source)
        if verdict in _STOPPING:
            # Without a look at its own body.
            return _Judged(verdict, self._library_of(foreign), self._hooks_of(foreign))
        complete = link(found.source, beyond, self._is_known)
        stops = self._stops_started(found.source, beyond)
        if stops.verdict is not BaseClass.STOPS and any(map(_changes_subclasses, found.source.ancestry())):
            return _Judged(BaseClass.UNKNOWN)
        if stops.verdict in _STOPPING:
            return stops if complete else stops._replace(verdict=BaseClass.STOPS)
        hidden = frozenset(hook for hook in CASE_HOOKS if not _calls_base(found.source, hook))
        return _Judged(BaseClass.READ if complete else BaseClass.UNKNOWN, hidden=hidden)

    def _stops_started(self, source: ClassSource, beyond: Beyond) -> _Judged:
        """Return how a class that can be read stops every started patch, if it does."""
        lifecycle = Lifecycle(source.module, self._settings, beyond)
        lifecycle.run_hooks(source)
        lifecycle.close()
        found: dict[BaseClass, list[Release]] = {}
        for release in lifecycle.record.releases:
            hook = release.moment.activation.hook
            if release.library is None or hook.lifetime is not Lifetime.TEST:
                continue
            if release.moment.is_cleanup:
                found.setdefault(BaseClass.STOPS, []).append(release)
            elif hook.phase is Phase.TEARDOWN:
                found.setdefault(BaseClass.STOPS_LAST, []).append(release)
        if not found:
            return _Judged(BaseClass.READ)
        verdict = min(found, key=list(BaseClass).index)
        libraries = {release.library for release in found[verdict]}
        library = libraries.pop() if len(libraries) == 1 else None
        nodes = (release.moment.activation.node for release in found[verdict])
        return _Judged(verdict, library or UNKNOWN_LIBRARY, frozenset(node.name for node in nodes if node is not None))

    # conftest.py

    def _ask_conftest(self, acquisition: Acquisition) -> None:
        if self._by_conftest is None:
            files = list(self._beyond.fixture_files(self._lifecycle.module))
            self._may_undo_anything = None in files  # what cannot be read
            self._by_conftest = [release for module in filter(None, files) for release in self._releases_of(module)]
        if self._may_undo_anything:
            acquisition.guarantee = Guarantee.ALWAYS
            return
        found = [release for release in self._by_conftest if self._is_around(release, acquisition)]
        if found:
            judge(acquisition, Releases([*self._lifecycle.record.releases, *found]))

    def _releases_of(self, module: ModuleSource) -> list[Release]:
        """Return what the fixtures and hooks of a ``conftest.py`` release after each test."""
        own = self._lifecycle.module
        users = list(own.all_functions())
        lifecycle = Lifecycle(module, self._settings, self._beyond, is_for_others=True)
        lifecycle.executor.follows_imports = True
        lifecycle.run()
        for release in lifecycle.record.releases:
            activation = release.moment.activation
            activation.family = None
            if activation.node is not None and activation.node.name == "pytest_runtest_makereport":
                release.moment = release.moment._replace(path=())  # called for each phase of a test, it may ask which

        def is_run(activation: Activation) -> bool:
            if activation.node is None:
                return False
            is_asked = activation.is_fixture and is_requested(activation.node, users, own, module)
            return activation.hook.phase is Phase.TEARDOWN or is_asked

        if any(map(is_run, lifecycle.record.unknown_releases)):
            self._may_undo_anything = True
        found = [release for release in lifecycle.record.releases if is_run(release.moment.activation)]
        self._homes.update((release.moment.activation, module) for release in found)
        return found

    def _is_around(self, release: Release, acquisition: Acquisition) -> bool:
        """Whether the fixture that releases runs for a test that acquires, or that asks for the fixture which does."""
        fixture, own, taken = release.moment.activation, self._lifecycle.module, acquisition.moment.activation
        if not fixture.is_fixture or fixture.node is None or taken.node is None or taken.source is not None:
            return True
        users = [taken.node]
        if taken.is_fixture:
            if is_autouse(taken.node):
                return True
            name = fixture_name(taken.node)
            users += [each for each in own.all_functions() if name in _parameters(each)]
        elif taken.hook.phase is not Phase.BODY:
            return True
        return is_requested(fixture.node, users, own, self._homes[fixture])

    # Places

    def _ask_what_it_is(self, acquisition: Acquisition) -> None:
        """An attribute of what is a mock already, in another file, is no replacement."""
        if acquisition.way is not Way.ASSIGNED:
            return
        place = acquisition.places[0]
        if self._support.is_named_by_decorator(acquisition):
            acquisition.guarantee = Guarantee.ALWAYS
            return
        if place.kind is Kind.ITEM and isinstance(self._beyond.resolve(place.key.partition("[")[0]), Instance):
            acquisition.guarantee = Guarantee.ALWAYS  # what its own __setitem__ does is not known
            return
        if place.kind in {Kind.ATTRIBUTE, Kind.ITEM} and self._is_set_anew(acquisition):
            acquisition.guarantee = Guarantee.ALWAYS
            return
        owner = place.key.rpartition(".")[0]
        while owner:
            if "." in owner and self._beyond.may_hold_mocks(owner) and is_mock(self._beyond.resolve(owner)):
                acquisition.guarantee = Guarantee.ALWAYS
                return
            owner = owner.rpartition(".")[0]

    def _is_set_anew(self, acquisition: Acquisition) -> bool:
        """Whether the module or class of a place sets it anew in a function that is called later: ``rpc.cleanup()``.

        The container of an item may be another since any such call: what a test puts in it is gone with it.
        """
        place, family = acquisition.places[0], acquisition.moment.activation.family
        owner, _, name = place.key.partition("[")[0].rpartition(".")
        sets = re.compile(rf"\bglobal\b[^\n]*\b{re.escape(name)}\b|\.{re.escape(name)} *=[^=]")
        for path, moment in self._lifecycle.record.foreign_calls:
            is_in_time = _comes_behind(moment, acquisition.moment)
            if place.kind is Kind.ITEM:
                is_in_time = moment.activation.family is family
            if path.rpartition(".")[0] == owner and is_in_time:
                if sets.search(self._beyond.text_of_function(path)) is not None:
                    return True
        return False


def _may_be_stopped_by_others(acquisition: Acquisition) -> bool:
    """Whether a helper starts for the tests of other files, any of which may stop all that is started."""
    if acquisition.way is not Way.STARTED or acquisition.guarantee is not Guarantee.NEVER:
        return False
    activation, module = acquisition.moment.activation, acquisition.origin
    is_helper = activation.hook.phase is Phase.OTHER and activation.source is None
    return is_helper and module is not None and not module.is_collected and is_up_to_callers(acquisition)


def is_up_to_callers(acquisition: Acquisition) -> bool:
    """Whether nothing is said of a helper in its own file, for it depends on its callers what becomes of the patch.

    That is so if they tell it the target, if it is a method of a mixin or of a class that has another one which stops
    the patch, or if no test stands in its file.
    """
    holder, module = acquisition.holder, acquisition.origin
    if module is None:
        return False
    function = module.function_at(acquisition.node.lineno)
    if isinstance(holder, MonkeyPatch) and function is not None and not module.is_collected:
        return True
    if not isinstance(holder, Patcher):
        return function is not None and acquisition.places[0].text.partition(".")[0] in _parameters(function)
    owner = next((source for source in module.classes if function in source.methods.values()), None)
    if owner is not None:
        return is_mixin(owner) or _is_told(holder.node, function) or _is_stopped_beside(holder, owner, function)
    return not module.is_collected or _is_told(holder.node, function)


def _is_stopped_beside(patcher: Patcher, owner: ClassSource, function: FunctionDef | None) -> bool:
    """Whether a method of a class stops the patcher that another has started."""
    stops = [f"{name}.stop" for name in patcher.holders]
    others = (owner.module.text_of(each) for each in owner.methods.values() if each is not function)
    return any(stop in text for text in others for stop in stops)


def _is_told(patch: ast.expr, function: FunctionDef | None) -> bool:
    """Whether the target of a patch is a parameter of the function."""
    if function is None or not isinstance(patch, ast.Call) or not patch.args:
        return False
    parameters = _parameters(function)
    return any(isinstance(each, ast.Name) and each.id in parameters for each in ast.walk(patch.args[0]))


def _parameters(function: FunctionDef) -> set[str]:
    return {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)} - {"self", "cls"}


def _comes_behind(moment: Moment, other: Moment) -> bool:
    """Whether a moment comes later in the same test, or when the test ends."""
    if moment.activation.family is not other.activation.family:
        return False
    if moment.activation is other.activation:
        return moment.order > other.order
    return moment.is_cleanup or moment.activation.hook.phase is Phase.TEARDOWN or moment.after_yield


def _is_doubtful(acquisitions: list[Acquisition] | None) -> bool:
    if acquisitions is None:
        return False
    return not acquisitions or any(acquisition.guarantee < Guarantee.TEARDOWN for acquisition in acquisitions)


def _leave_to_bases(acquisitions: list[Acquisition], bases: _Judged) -> None:
    """Count as released what such bases release by means that are not in the file."""
    if bases.verdict is BaseClass.STOPS:
        _release_started(acquisitions, bases.library)
    elif bases.verdict is BaseClass.UNKNOWN:
        _give_up(acquisitions)


def _release_started(acquisitions: list[Acquisition], library: str) -> None:
    for acquisition in acquisitions:
        is_stopped = not isinstance(acquisition.holder, Patcher) or is_same_library(acquisition.holder, library)
        if acquisition.way is Way.STARTED and is_stopped and acquisition.lifetime in {Lifetime.TEST, Lifetime.BLOCK}:
            acquisition.guarantee = Guarantee.ALWAYS


def _give_up(acquisitions: list[Acquisition]) -> None:
    for acquisition in acquisitions:
        if acquisition.way is not Way.ASSIGNED:
            acquisition.guarantee = Guarantee.ALWAYS


def _leave_configuration(acquisitions: list[Acquisition]) -> None:
    """The configuration is reset in base classes, by ways that differ from project to project."""
    for acquisition in acquisitions:
        if acquisition.way is Way.ASSIGNED and acquisition.places[0].kind is Kind.CONFIGURATION:
            acquisition.guarantee = Guarantee.ALWAYS


def _changes_subclasses(source: ClassSource) -> bool:
    """Whether a class may give those below it other methods than their text has, such as a teardown."""
    if f"{source.module.name}.{source.name}" in FRAMEWORKS:
        return False
    metaclasses = [keyword.value for keyword in source.node.keywords if keyword.arg in {"metaclass", None}]
    is_abstract = all((dotted_name(each) or "").endswith("ABCMeta") for each in metaclasses)
    return "__init_subclass__" in source.methods or not is_abstract


def _is_of_helpers(family: Family) -> bool:
    """Whether a family is not itself run as tests: helper functions, or a fixture class."""
    if family.source is None:
        return True
    return any(isinstance(base, Shared) and base.path == "fixtures.Fixture" for base in family.source.foreign_bases())


def is_mixin(source: ClassSource) -> bool:
    """Whether a class runs only together with others, which may undo its patches: it is no test case by itself."""
    if any(isinstance(base, Shared) and base.path not in _NO_TEST_CASE for base in source.foreign_bases()):
        return False
    methods = {name for ancestor in source.ancestry() for name in ancestor.methods}
    if not source.name.lower().startswith("test"):
        return True  # pytest does not collect it either
    has_tests = any(name.startswith("test") for name in methods)
    is_of_pytest = "setup_method" in methods and has_tests
    return not is_of_pytest and not methods.isdisjoint(_UNITTEST_HOOKS) or not has_tests


def _calls_base(source: ClassSource, hook: str) -> bool:
    """Whether the classes of the file that have such a hook call that of their base, there or in a helper."""
    return all(
        hook not in ancestor.methods
        or f".{hook}" in ancestor.text()
        and any(asks_for(method, hook) for method in ancestor.methods.values())
        for ancestor in source.ancestry()
    )


def _follows_test_case(source: ClassSource) -> bool:
    """Whether a base stands behind ``unittest.TestCase``, which does not call it: only a mixin can."""
    return any(
        isinstance(base, Shared) and base.path == "unittest.TestCase"
        for ancestor in source.ancestry()
        for base in ancestor.bases[:-1]
    )
