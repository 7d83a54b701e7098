"""From a parsed file to its facts."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from flake8_mockleak.model.bases import is_mixin
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.binding import is_generator
from flake8_mockleak.model.decorations import decorations, kept_in_setups
from flake8_mockleak.model.execute import TooMuch
from flake8_mockleak.model.facts import (
    Acquisition,
    Activation,
    Facts,
    Idiom,
    Release,
    SecondStart,
    Site,
    SkippedTeardown,
    Slip,
    Way,
    WeakAssertion,
    WrongRelease,
)
from flake8_mockleak.model.helper_texts import is_defined
from flake8_mockleak.model.library import setattr_text
from flake8_mockleak.model.lifecycle import Lifecycle, run_module_level
from flake8_mockleak.model.lifetime import CASE_HOOKS, HELPER, TEST_BODY, Guarantee, Lifetime, Phase
from flake8_mockleak.model.multiple import missing_items
from flake8_mockleak.model.places import Kind, Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.shared_mocks import default_mocks, is_watched, shared_mocks
from flake8_mockleak.model.source import ClassSource, ModuleSource, dotted_name, is_setattr, parameters_of
from flake8_mockleak.model.surroundings import Surroundings, is_up_to_callers
from flake8_mockleak.model.targets import Misses
from flake8_mockleak.model.testcases import is_framework, is_test_case
from flake8_mockleak.model.unstarted import unstarted
from flake8_mockleak.model.values import NOTHING, UNKNOWN, Class, Constant, Patcher, Shared
from flake8_mockleak.model.verdict import Releases, is_certain, judge, kept_in, matches, saves_anew
from flake8_mockleak.model.write import has_mock

if TYPE_CHECKING:
    from flake8_mockleak.model.fakes import UnverifiedFake
    from flake8_mockleak.model.signatures import Misfit

_T = TypeVar("_T")
_SIDE_BY_SIDE = ("zip", "enumerate")
_FAKE_WORDS = ("Fake", "Stub", "Dummy", "Mock")


@contextmanager
def analysed(module: ModuleSource, settings: ModelSettings) -> Iterator[Facts]:
    """Give the facts of a file as long as the context lasts; none, where it is too large or deep to be followed."""
    beyond = Beyond(module, run_module_level)
    lifecycle = Lifecycle(module, settings, beyond)
    try:
        facts = _analyse(lifecycle, beyond, settings)
    except (TooMuch, RecursionError):
        facts = Facts()
    try:
        yield facts
    finally:
        lifecycle.close()
        beyond.close()


def _analyse(lifecycle: Lifecycle, beyond: Beyond, settings: ModelSettings) -> Facts:
    module, facts = lifecycle.module, Facts()
    lifecycle.run()
    if lifecycle.families:
        _add_patches(facts, lifecycle, beyond, settings)
        facts.weak_assertions = _weak_assertions(lifecycle.record, module)
        facts.unstarted = list(unstarted(lifecycle.record, module))
    facts.decorations = decorations(module, is_generator)
    facts.is_test_case = partial(_is_test_case, beyond)
    for decorated in facts.decorations.classes:
        decorated.shared = [
            patch
            for patch in decorated.patches
            if any(is_watched(name, decorated.node, module) for name in patch.mocks)
        ]
    facts.kept_in_setup = list(kept_in_setups(facts.decorations, module))
    facts.missing_items = list(missing_items(module))
    facts.shared_mocks = list(shared_mocks(module))
    facts.default_mocks = list(default_mocks(module))
    missed = Misses(module, beyond)
    facts.missing_targets = missed.missing()
    facts.unreached_targets = partial(_ask, missed.unreached)
    if any(word in source.name for source in module.classes for word in _FAKE_WORDS):
        from flake8_mockleak.model.fakes import shared_state

        facts.shared_state = partial(_ask, partial(shared_state, module, beyond))
    facts.unverified_fakes = partial(_ask, partial(_unverified_fakes, module))
    facts.fake_signatures = partial(_ask, partial(_fake_signatures, module))
    return facts


# What few files have, or few want to know: the modules that find it are imported only then.


def _unverified_fakes(module: ModuleSource) -> list[UnverifiedFake]:
    from flake8_mockleak.model.fakes import unverified_fakes

    return unverified_fakes(module)


def _fake_signatures(module: ModuleSource) -> list[Misfit]:
    from flake8_mockleak.model.fakes import fake_signatures

    return fake_signatures(module)


def _is_test_case(beyond: Beyond, source: ClassSource) -> bool:
    try:
        return is_test_case(source, beyond)
    except RecursionError:
        return False


def _ask(find: Callable[[], list[_T]]) -> list[_T]:
    """Find out what few want to know, when a rule asks for it."""
    try:
        return find()
    except (TooMuch, RecursionError):
        return []


def _add_patches(facts: Facts, lifecycle: Lifecycle, beyond: Beyond, settings: ModelSettings) -> None:
    """Add what is replaced and released: the facts of the leak rules."""
    record, module = lifecycle.record, lifecycle.module
    every = record.acquisitions
    record.acquisitions = [acquisition for acquisition in record.acquisitions if _is_of_interest(acquisition)]
    releases = Releases(record.releases)
    for acquisition in record.acquisitions:
        judge(acquisition, releases)
    if record.open_questions or any(each.guarantee < Guarantee.TEARDOWN for each in record.acquisitions):
        Surroundings(lifecycle, beyond, settings).settle(record.acquisitions)
    acquisitions = [acquisition for acquisition in record.acquisitions if _is_of_interest(acquisition)]
    for acquisition in acquisitions:
        if acquisition.moment.activation.hook is HELPER and _returns_original(acquisition, record):
            acquisition.guarantee = Guarantee.ALWAYS  # whoever calls it is to put that back
    _report_skipped(acquisitions, record, module)
    _report_at_calls(acquisitions, record, module)
    _report_at_mixins(acquisitions, module)
    own = [acquisition for acquisition in acquisitions if acquisition.origin is module]
    releases = Releases(record.releases)
    wrong = [*_slips(record, acquisitions, every, module), *_differing(own, releases)]
    wrong += _wrong_order(acquisitions, releases, module)
    wrong += _losing(own, releases, beyond)
    facts.acquisitions = _one_a_line(own)
    facts.wrong_releases = [
        each for each in wrong if each.origin is module or each.origin is None and module.has(each.node)
    ]
    facts.second_starts = list(_second_starts(record, acquisitions, releases, module))
    facts.mock_class_changes = [each for each in record.mock_class_changes if each.origin is module]


def _report_skipped(acquisitions: list[Acquisition], record: Recorder, module: ModuleSource) -> None:
    """Move what a base class of another file acquires to the teardown that keeps the base from releasing it."""
    for acquisition in acquisitions:
        if acquisition.origin is module or acquisition.guarantee is not Guarantee.NEVER:
            continue
        source = acquisition.moment.activation.source
        for skipped in record.skipped:
            if source is not None and source.module is module and matches(acquisition, skipped.release):
                acquisition.node, acquisition.origin = skipped.teardown, module
                acquisition.skipped = SkippedTeardown(source.name, skipped.teardown.name, is_reported=True)
                break


def _returns_original(acquisition: Acquisition, record: Recorder) -> bool:
    """Whether the function that replaces something returns what was there before."""
    if acquisition.way is not Way.ASSIGNED or acquisition.origin is None:
        return False
    function = acquisition.origin.function_at(acquisition.node.lineno)
    return (function, acquisition.places[0].key) in record.returned


def _report_at_calls(acquisitions: list[Acquisition], record: Recorder, module: ModuleSource) -> None:
    """Move what a helper of another file replaces for whoever calls it to the call: there it should be put back."""
    for acquisition in acquisitions:
        call, guarantee = acquisition.call_site, acquisition.guarantee
        if call is None or acquisition.origin is module or guarantee not in {Guarantee.NEVER, Guarantee.HAPPY_PATH}:
            continue
        if _is_on_unknown(acquisition) and not _is_by_path(acquisition):
            continue  # the helper is given an object, which may be the test's own
        helper, caller = _function_called(call), acquisition.moment.activation.node
        is_own = any(caller is function for function in module.all_functions())
        # What never is put back may be the helper's own fault, and what the caller puts back too late is the caller's.
        if guarantee is Guarantee.HAPPY_PATH:
            is_by_caller = acquisition.release is not None and acquisition.release.call_site is not call
        else:
            is_left = _is_own_code(acquisition) or _returns_original(acquisition, record)
            is_handed_over = _hands_over(call, acquisition) or _puts_what_it_is_given(acquisition)
            is_by_caller = is_up_to_callers(acquisition) or is_handed_over or is_left
        if is_own and helper not in CASE_HOOKS and is_by_caller:
            acquisition.node, acquisition.origin, acquisition.helper = call, module, helper
            acquisition.places = tuple(place.as_known_to_all() for place in acquisition.places)


def _report_at_mixins(acquisitions: list[Acquisition], module: ModuleSource) -> None:
    """Move what the set-up of a mixin of another file replaces for good to where the class names it as its base.

    In its own file nothing is said of a patch, for the class that it is mixed into may stop it.
    """
    if not module.called_helpers.mixins:
        return
    for acquisition in acquisitions:
        source, origin = acquisition.moment.activation.source, acquisition.origin
        if origin in {module, None} or acquisition.guarantee is not Guarantee.NEVER or source is None:
            continue
        if acquisition.way is Way.ASSIGNED or is_mixin(source):
            continue
        for node, base in zip(source.node.bases, source.bases):
            if isinstance(base, Class) and base.source.module is origin and base.source.has_method_at(acquisition.node):
                acquisition.node, acquisition.origin, acquisition.helper = node, module, base.source.name
                acquisition.site = Site(Idiom.MIXIN)
                acquisition.places = tuple(place.as_known_to_all() for place in acquisition.places)
                break


def _is_own_code(acquisition: Acquisition) -> bool:
    """Whether own code is put somewhere: in the file of a helper that is no mistake, for it may be meant to stay."""
    return acquisition.way is Way.ASSIGNED and not has_mock(acquisition.replacement or UNKNOWN)


def _hands_over(call: ast.expr, acquisition: Acquisition) -> bool:
    """Whether a call makes the very patch that it is about: `self.enter(patch("shop.charge"))`."""
    holder = acquisition.holder
    return isinstance(holder, Patcher) and any(node is holder.node for node in ast.walk(call))


def _puts_what_it_is_given(acquisition: Acquisition) -> bool:
    """Whether a helper puts a parameter of it somewhere: ``HANDLERS[name] = handler``."""
    node, origin = acquisition.node, acquisition.origin
    function = origin.function_at(node.lineno) if origin is not None else None
    if function is None or not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Name)):
        return False
    return node.value.id in parameters_of(function)


def _function_called(call: ast.expr) -> str:
    """Return the name of the function that a call calls, without what it is an attribute of."""
    return (dotted_name(call.func) or "").rpartition(".")[2] if isinstance(call, ast.Call) else ""


def _weak_assertions(record: Recorder, module: ModuleSource) -> list[WeakAssertion]:
    """Return each weak assertion of the file once, however often its line was run."""
    return list({each.node: each for each in record.weak_assertions if each.origin is module}.values())


def _is_of_interest(acquisition: Acquisition) -> bool:
    """Whether the place outlives the test, and is not replaced for the whole session on purpose."""
    if isinstance(acquisition.holder, Patcher) and acquisition.holder.on_own_instance:
        return False  # a mock on an object that the test made is gone with it
    lifetime, origin = acquisition.lifetime, acquisition.origin
    if lifetime is Lifetime.BLOCK and acquisition.holder is not None and _is_on_unknown(acquisition):
        return False  # a helper patches what it is given, which may be an object of the test
    if lifetime is Lifetime.SESSION:
        return _is_never_ended(acquisition)
    if lifetime is Lifetime.IMPORT and origin is not None:
        if origin.is_deliberate_setup:
            return False
        if acquisition.way is Way.ASSIGNED:
            if acquisition.places[0].kind is Kind.CONFIGURATION and not origin.has_tests:
                return False  # a base of test cases, or a script, sets things up for all that follows
            return origin.is_test and not _stands_in_for_missing(acquisition)
    return True


def _is_never_ended(acquisition: Acquisition) -> bool:
    """Whether a fixture for the whole session puts a mock for the tests of one file: others run in that session."""
    origin = acquisition.origin
    is_of_tests = origin is not None and origin.has_tests and not origin.is_deliberate_setup
    puts_mock = acquisition.way is not Way.ASSIGNED or has_mock(acquisition.replacement or UNKNOWN)
    return is_of_tests and puts_mock and acquisition.moment.activation.is_fixture


def _is_on_unknown(acquisition: Acquisition) -> bool:
    return bool(acquisition.places) and all(place.key.startswith("?") for place in acquisition.places)


def _is_by_path(acquisition: Acquisition) -> bool:
    """Whether a patch is told a path, `patch(target)`: what that names is never the test's own."""
    node = acquisition.holder.node if isinstance(acquisition.holder, Patcher) else None
    return isinstance(node, ast.Call) and (dotted_name(node.func) or "").rpartition(".")[2] == "patch"


def _stands_in_for_missing(acquisition: Acquisition) -> bool:
    """``except ImportError: sys.modules["x"] = Mock()``: there is no original that could come to harm."""
    return any(way.startswith("handler") for _, way in acquisition.moment.path)


def _one_a_line(acquisitions: list[Acquisition]) -> list[Acquisition]:
    """Keep one acquisition for each line that makes it, however many callers it has.

    Where some callers release it and others do not, those that do not are named in its place.
    """
    by_node: dict[tuple[object, tuple[Place, ...]], list[Acquisition]] = {}
    for acquisition in acquisitions:
        by_node.setdefault((acquisition.node, acquisition.places), []).append(acquisition)
    kept: list[Acquisition] = []
    named = {node for node, places in by_node if not _is_open(places)}
    for (node, places), group in by_node.items():
        if node in named and _is_open(places):
            continue  # a helper by itself, of which the calls tell more
        worst = min(group, key=lambda acquisition: acquisition.guarantee)
        best = max(group, key=lambda acquisition: acquisition.guarantee)
        if worst.guarantee is not best.guarantee:
            worst.skipped = _skipped_teardown(worst, best.release)
            is_helpers_own = worst.release is not None and worst.release.call_site is worst.call_site
            if worst.skipped is None and worst.call_site is not None and not is_helpers_own:
                worst.node = worst.call_site
        kept.append(worst)
    return list(_one_for_all_names(kept))


def _one_for_all_names(acquisitions: list[Acquisition]) -> Iterator[Acquisition]:
    """Yield, of a ``setattr`` in a loop over names that all fare alike, one acquisition of ``shop.<name>``."""
    by_node: dict[ast.AST, list[Acquisition]] = {}
    for acquisition in acquisitions:
        by_node.setdefault(acquisition.node, []).append(acquisition)
    for node, group in by_node.items():
        text = setattr_text(node, "?") if is_setattr(node) else None
        if len(group) == 1 or text is None or len({each.guarantee for each in group}) > 1:
            yield from group
            continue
        group[0].places = tuple(place._replace(text=text) for place in group[0].places)
        yield group[0]


def _is_open(places: tuple[Place, ...]) -> bool:
    return any("?" in place.key for place in places)


def _skipped_teardown(acquisition: Acquisition, release: Release | None) -> SkippedTeardown | None:
    """Return the teardown that keeps the release of the base class from being run in a subclass."""
    source = acquisition.moment.activation.source
    if source is None or release is None or acquisition.guarantee is not Guarantee.NEVER:
        return None
    teardown = release.moment.activation
    if teardown.node is None or teardown.hook.phase is not Phase.TEARDOWN:
        return None
    own = source.find_method(teardown.node.name)
    if own is None or own.node is teardown.node:
        return None
    return SkippedTeardown(source.name, teardown.node.name)


def _slips(
    record: Recorder, acquisitions: list[Acquisition], every: list[Acquisition], module: ModuleSource
) -> Iterator[WrongRelease]:
    """Find the releases that do nothing. ``every`` has those too that are of no interest themselves, as of helpers."""
    seen = set()
    for wrong in record.wrong_releases:
        if wrong.node in seen:
            continue
        seen.add(wrong.node)
        if wrong.slip is not Slip.ON_THE_MOCK:
            yield wrong
            continue
        if wrong.origin is not module:
            continue  # of the patch itself is told, for the base that stops it knows no better
        made_by = wrong.patcher.node if wrong.patcher is not None else None  # anew for each call of a helper
        leaking = [
            each
            for each in acquisitions
            if isinstance(each.holder, Patcher) and each.holder.node is made_by and each.guarantee is Guarantee.NEVER
        ]
        for acquisition in leaking:
            acquisition.guarantee = Guarantee.ALWAYS
        if leaking or _is_left_by_helper(made_by, every, record):
            yield wrong


def _is_left_by_helper(made_by: ast.expr | None, every: list[Acquisition], record: Recorder) -> bool:
    """Whether a helper starts a patch that nothing ever stops: of what a method is told, or for whoever calls it."""
    started = [each for each in every if isinstance(each.holder, Patcher) and each.holder.node is made_by]
    if any(map(_is_out_of_reach, started)):
        return True
    if not started or any(_is_of_interest(each) for each in started):
        return False
    if any(release.holder in {each.holder for each in started} for release in record.releases):
        return False
    sources = [each.moment.activation.source for each in started]
    bases = [base for source in sources if source is not None for base in source.foreign_bases()]
    return None not in sources and all(map(is_framework, bases))


def _is_out_of_reach(acquisition: Acquisition) -> bool:
    """Whether a function starts a patch for its callers, and nobody has the patcher."""
    holder, activation = acquisition.holder, acquisition.moment.activation
    is_of_function = activation.hook is HELPER and activation.source is None
    return is_of_function and isinstance(holder, Patcher) and not (holder.holders or holder.held_by or holder.escaped)


def _differing(acquisitions: list[Acquisition], releases: Releases) -> Iterator[WrongRelease]:
    """Find the releases that were meant for an acquisition and put back something else, or only sometimes."""
    seen: set[ast.AST] = set()
    for acquisition in acquisitions:
        if acquisition.way is not Way.ASSIGNED or acquisition.guarantee is not Guarantee.NEVER:
            continue
        if acquisition.places[0].kind is Kind.CONFIGURATION:
            continue  # what it was before is often not known, and then removed
        for release in releases.meant_for(acquisition):
            other = _difference(acquisition, release)
            if other is not None and release.place is not None:
                acquisition.guarantee = Guarantee.ALWAYS
                if release.node not in seen:  # one place put back for another is reported once
                    seen.add(release.node)
                    yield _differs(acquisition, release, other)
                break


def _differs(acquisition: Acquisition, release: Release, other: str) -> WrongRelease:
    text = release.place.text if release.place is not None else ""
    activation, place = release.moment.activation, acquisition.places[0]
    return WrongRelease(Slip.DIFFERS, release.node, text, activation, place=place, other=other)


def _difference(acquisition: Acquisition, release: Release) -> str | None:
    if release.place is None or release.moment.order < acquisition.moment.order:
        return None
    place = acquisition.places[0]
    restored, activation = release.restored, release.moment.activation
    if activation.hook.phase is Phase.BODY and activation is not acquisition.moment.activation:
        return None  # what one test puts back is none of another's business
    if saves_anew(acquisition, release):
        return "another value"
    if matches(acquisition, release):
        return None if is_certain(acquisition, release) else "a condition"
    if acquisition.moment.activation.family is not activation.family or not isinstance(restored, Shared):
        return None
    if restored.path == place.key and release.place.key != place.key:
        return "another place"
    if release.place.key == place.key and restored.path != place.key:
        return "another value"
    return None


def _losing(acquisitions: list[Acquisition], releases: Releases, beyond: Beyond) -> Iterator[WrongRelease]:
    """Find the releases after which a function or class is gone: ``shop.run = None``, ``del Cart.total``."""
    for acquisition in acquisitions:
        if acquisition.way is not Way.ASSIGNED:
            continue
        found, place = releases.of(acquisition), acquisition.places[0]
        is_lost = bool(found) and all(_leaves_nothing(each, place) for each in found)
        if not is_lost or place.kind is not Kind.ATTRIBUTE or not is_defined(place.key, beyond.find):
            continue
        acquisition.guarantee = Guarantee.ALWAYS
        other = "a deletion" if found[0].restored is NOTHING else "another value"
        yield _differs(acquisition, found[0], other)


def _leaves_nothing(release: Release, place: Place) -> bool:
    """Whether a literal is put at that very place, or what is there deleted."""
    is_lost = release.restored is NOTHING or isinstance(release.restored, Constant) and kept_in(release) is None
    return is_lost and release.place is not None and release.place.key == place.key


def _wrong_order(
    acquisitions: list[Acquisition], releases: Releases, module: ModuleSource
) -> Iterator[WrongRelease]:
    """Find two patches of one place that are stopped first in, first out.

    Where a base class in another file stops them, the second start is to blame, or the call that makes it.
    """
    by_place: dict[str, list[Acquisition]] = {}
    for acquisition in acquisitions:
        if acquisition.way is not Way.ASSIGNED:
            for place in acquisition.places:
                if "?" not in place.key:
                    by_place.setdefault(place.key, []).append(acquisition)
    for key, group in by_place.items():
        for first, second in zip(group, group[1:]):
            found = _stopped_in_order(first, second, releases)
            if found is None:
                continue
            patcher = second.holder if isinstance(second.holder, Patcher) else None
            start, is_own = second.call_site or second.node, module.has(found.node)
            node, other = (found.node, "") if is_own else (start, "its start")
            yield WrongRelease(Slip.WRONG_ORDER, node, key, found.moment.activation, patcher, other=other)


def _stopped_in_order(first: Acquisition, second: Acquisition, releases: Releases) -> Release | None:
    if first.holder is second.holder or first.moment.activation.family is not second.moment.activation.family:
        return None
    one, other = _own_release(first, releases), _own_release(second, releases)
    if one is None or other is None:
        return None
    if first.node is second.node and first.call_site is second.call_site:
        if not _is_same_loop(first.node, first.moment.activation, other.node, other.moment.activation):
            return None  # one start of either patcher, or they are gone through in another order
    if _is_of_teardown(one) and other.moment.deferred is Lifetime.TEST and second.moment.activation.hook is TEST_BODY:
        return other if first.moment.activation.hook.lifetime is Lifetime.TEST else None  # cleanups run behind tearDown
    if one.moment.activation is not other.moment.activation:
        return None
    if second.moment.order > one.moment.order and one.moment.deferred is None:
        if one.moment.activation is first.moment.activation:
            return None
    started, again = first.moment.activation, second.moment.activation
    if started is not again and (started.hook.phase, again.hook.phase) != (Phase.SETUP, Phase.BODY):
        return None
    if one.moment.deferred is not None and other.moment.deferred is not None:
        return other if one.moment.order > other.moment.order else None
    if one.moment.deferred is None and other.moment.deferred is None:
        return other if one.moment.order < other.moment.order else None
    return None


def _is_same_loop(start: ast.AST, started: Activation, stop: ast.AST, stopped: Activation) -> bool:
    """Whether a start and a stop stand in loops that go through the same things in the same order."""
    return not _gone_through(start, started).isdisjoint(_gone_through(stop, stopped))


def _gone_through(node: ast.AST, activation: Activation) -> set[str]:
    """Return what the innermost ``for`` statement around a node goes through, as it is written, or several at once."""
    if activation.node is None:
        return set()
    loops = [each for each in ast.walk(activation.node) if isinstance(each, ast.For)]
    around = [loop for loop in loops if any(each is node for each in ast.walk(loop))]
    iterated = around[-1].iter if around else None
    if isinstance(iterated, ast.Call) and dotted_name(iterated.func) in _SIDE_BY_SIDE:
        return set(map(ast.unparse, iterated.args))
    return {ast.unparse(iterated)} if iterated is not None else set()


def _is_of_teardown(release: Release) -> bool:
    """Whether a ``tearDown`` makes a release itself, rather than register it."""
    activation = release.moment.activation
    hook = activation.hook
    is_plain = hook.phase is Phase.TEARDOWN and release.moment.deferred is None
    return is_plain and hook.lifetime is Lifetime.TEST and activation.source is not None


def _own_release(acquisition: Acquisition, releases: Releases) -> Release | None:
    for release in releases.of(acquisition):
        if release.holder is acquisition.holder and not release.moment.assured:
            return release
    return None


def _second_starts(
    record: Recorder, acquisitions: list[Acquisition], releases: Releases, module: ModuleSource
) -> Iterator[SecondStart]:
    """Find the starts of a patcher that an earlier start is still in force of."""
    starts: dict[Patcher, list[Acquisition]] = {}
    for acquisition in acquisitions:
        holder = acquisition.holder
        if isinstance(holder, Patcher) and not holder.held_by and not holder.is_object:
            starts.setdefault(holder, []).append(acquisition)
    for entry in record.scoped_entries:
        if entry.holder in starts:
            starts[entry.holder].append(entry)
    seen = set()
    for patcher, group in starts.items():
        group.sort(key=lambda acquisition: acquisition.moment.order)
        for first, second in zip(group, group[1:]):
            if second.origin is module and second.node not in seen and _overlap(first, second, releases):
                seen.add(second.node)
                yield SecondStart(second.node, patcher)


def _ends_its_fixture(release: Release, activation: Activation) -> bool:
    """Whether a fixture releases behind its ``yield``: that comes behind the tests, whose code is run later."""
    return activation.is_fixture and release.moment.activation is activation and release.moment.after_yield


def _overlap(first: Acquisition, second: Acquisition, releases: Releases) -> bool:
    one, other = first.moment, second.moment
    if one.activation is other.activation:
        if other.path[: len(one.path)] != one.path:
            return False
    elif one.activation.family is not other.activation.family or one.path:
        return False
    elif not (one.activation.hook.phase is Phase.SETUP and other.activation.hook.phase is Phase.BODY):
        return False
    between = [
        release
        for release in releases.of(first)
        if (
            release.moment.assured or release.moment.deferred is None and one.order < release.moment.order < other.order
        )
        and not _ends_its_fixture(release, one.activation)
    ]
    return not between
