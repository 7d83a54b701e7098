"""Looks beyond the file where an acquisition seems to leak: at base classes, helpers and ``conftest.py``."""

from __future__ import annotations

import ast
import re

from flake8_mockleak.model.bases import UNITTEST_HOOKS, BaseClass, Bases, Judged, is_mixin
from flake8_mockleak.model.beyond import Beyond, link
from flake8_mockleak.model.elsewhere import RELEASING
from flake8_mockleak.model.evaluate import LEAVING
from flake8_mockleak.model.facts import Acquisition, Activation, Moment, Release, Way
from flake8_mockleak.model.lifecycle import Family, Lifecycle
from flake8_mockleak.model.lifetime import Guarantee, Lifetime, Phase
from flake8_mockleak.model.names import UNKNOWN_LIBRARY
from flake8_mockleak.model.places import Kind
from flake8_mockleak.model.requested import fixture_name, is_asked_for, is_autouse, is_requested
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ClassSource, FunctionDef, ModuleSource, parameters_of
from flake8_mockleak.model.support import SupportFiles
from flake8_mockleak.model.testcases import is_framework
from flake8_mockleak.model.values import Instance, MonkeyPatch, Patcher, Shared
from flake8_mockleak.model.verdict import Releases, is_same_library, judge
from flake8_mockleak.model.write import is_mock


class Surroundings:
    """Settles the acquisitions of one file that nothing in the file itself releases for sure."""

    def __init__(self, lifecycle: Lifecycle, beyond: Beyond, settings: ModelSettings) -> None:
        self._lifecycle = lifecycle
        self._beyond = beyond
        self._support = SupportFiles(lifecycle.module, beyond, lifecycle.record)
        self._settings = settings
        self._by_conftest: list[Release] | None = None
        self._homes: dict[Activation, ModuleSource] = {}
        self._may_undo_anything = False
        self._stopped_by_tests: set[str] | None = None
        self._bases = Bases(beyond, settings)

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
        judged = self._bases.judge(family.source)
        bases = judged.verdict
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
            _leave_to_bases(left, judged)
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
        if source is None or source.bases or not UNITTEST_HOOKS.isdisjoint(source.methods) or any(source.tests()):
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
                link(family.source, self._beyond, is_framework)
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
            _leave_to_bases(own, self._bases.judge(family.source))

    def _may_be_undone_by_callers(self, acquisition: Acquisition) -> bool:
        """Whether a helper function acquires that classes call whose bases may undo it."""
        activation = acquisition.moment.activation
        if activation.node is None or activation.hook.phase is not Phase.OTHER:
            return False
        call = f"{activation.node.name}("
        callers = [source for source in self._lifecycle.module.classes if call in source.text()]
        return any(self._bases.judge(source).verdict in {BaseClass.UNKNOWN, BaseClass.STOPS} for source in callers)

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
            if any(self._bases.judge(source).verdict is BaseClass.STOPS for source in self._lifecycle.module.classes):
                self._stopped_by_tests.add(UNKNOWN_LIBRARY)
        stopped = self._stopped_by_tests
        if not isinstance(acquisition.holder, Patcher):
            return bool(stopped)
        return any(is_same_library(acquisition.holder, library) for library in stopped)

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
        if not fixture.is_fixture or fixture.node is None or taken.node is None:
            return True
        if taken.source is not None:
            is_named = fixture_name(fixture.node) in own.text_with_decorators(taken.source.node)
            if is_named or "pytestmark" in own.whole_text or taken.source.bases:
                return True
            return is_asked_for(fixture.node, taken.source.methods.values(), own, self._homes[fixture])
        users = [taken.node]
        if taken.is_fixture:
            if is_autouse(taken.node):
                return True
            name = fixture_name(taken.node)
            users += [each for each in own.all_functions() if name in parameters_of(each)]
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

    That is so if they tell it the target, or the key of an item that another helper takes out, if it is a method of a
    mixin or of a class that has another one which stops the patch, or if no test stands in its file.
    """
    holder, module = acquisition.holder, acquisition.origin
    if module is None:
        return False
    function = module.function_at(acquisition.node.lineno)
    if isinstance(holder, MonkeyPatch) and function is not None and not module.is_collected:
        return True
    if not isinstance(holder, Patcher):
        if function is None:
            return False
        is_told = acquisition.places[0].text.partition(".")[0] in parameters_of(function)
        return is_told or _is_item_taken_out_beside(acquisition.node, function, module)
    owner = next((source for source in module.classes if function in source.methods.values()), None)
    if owner is not None:
        return is_mixin(owner) or _is_told(holder.node, function) or _is_stopped_beside(holder, owner, function)
    return not module.is_collected or _is_told(holder.node, function)


def _is_item_taken_out_beside(node: ast.AST, function: FunctionDef, module: ModuleSource) -> bool:
    """Whether a helper puts an item in a container that it is told the key of, and another takes such items out."""
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    if not (isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Name)):
        return False
    container = re.escape(ast.unparse(target.value))
    is_told = target.slice.id in parameters_of(function)
    return is_told and re.search(rf"\b{container}\.pop\(|\bdel {container}\[", module.whole_text) is not None


def _is_stopped_beside(patcher: Patcher, owner: ClassSource, function: FunctionDef | None) -> bool:
    """Whether a method of a class stops the patcher that another has started."""
    stops = [f"{name}.stop" for name in patcher.holders]
    others = (owner.module.text_of(each) for each in owner.methods.values() if each is not function)
    return any(stop in text for text in others for stop in stops)


def _is_told(patch: ast.expr, function: FunctionDef | None) -> bool:
    """Whether the target of a patch is a parameter of the function."""
    if function is None or not isinstance(patch, ast.Call) or not patch.args:
        return False
    parameters = parameters_of(function)
    return any(isinstance(each, ast.Name) and each.id in parameters for each in ast.walk(patch.args[0]))


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


def _leave_to_bases(acquisitions: list[Acquisition], bases: Judged) -> None:
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


def _is_of_helpers(family: Family) -> bool:
    """Whether a family is not itself run as tests: helper functions, or a fixture class."""
    if family.source is None:
        return True
    return any(isinstance(base, Shared) and base.path == "fixtures.Fixture" for base in family.source.foreign_bases())
