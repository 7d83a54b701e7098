"""The one query: every acquisition, with the best guarantee of any matching release."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from flake8_mockleak.model.facts import Acquisition, Activation, Branch, Moment, Release, Way
from flake8_mockleak.model.lifetime import SETUP_TEST, Guarantee, Lifetime, Phase
from flake8_mockleak.model.names import MOCK_CONFIGURATION, UNKNOWN_LIBRARY
from flake8_mockleak.model.places import Kind, Place
from flake8_mockleak.model.requested import is_requested
from flake8_mockleak.model.source import is_setattr
from flake8_mockleak.model.values import UNKNOWN, Holdable, MonkeyPatch, Patcher, Shared


_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
_ALL_FAILURES = frozenset({"AssertionError", "Exception", "BaseException"})


class Releases:
    """The releases of a file, by what they release."""

    def __init__(self, releases: Iterable[Release]) -> None:
        self._by_holder: dict[Holdable, list[Release]] = {}
        self._by_name: dict[str, list[Release]] = {}
        self._by_restored: dict[str, list[Release]] = {}
        self._others: list[Release] = []
        for release in releases:
            if release.holder is not None:
                self._by_holder.setdefault(release.holder, []).append(release)
            elif release.place is not None and release.place.name not in {"", "?"}:
                self._by_name.setdefault(release.place.name, []).append(release)
            else:
                self._others.append(release)
            if release.place is not None and isinstance(release.restored, Shared):
                self._by_restored.setdefault(release.restored.path, []).append(release)

    def of(self, acquisition: Acquisition) -> list[Release]:
        """Return the releases that match an acquisition."""
        found = list(self._others)
        if acquisition.holder is not None:
            for holder in _holders(acquisition.holder):
                found += self._by_holder.get(holder, [])
        for place in acquisition.places if acquisition.way is Way.ASSIGNED else ():
            for owner in place.owners():  # to put a module back puts back what is in it
                found += self._by_name.get(owner.rpartition(".")[2], [])
            if place.name in {"", "?"}:
                found += [release for named in self._by_name.values() for release in named]
        return [
            release
            for release in found
            if matches(acquisition, release) and not self._puts_the_same_back(acquisition, release)
        ]

    def _puts_the_same_back(self, acquisition: Acquisition, release: Release) -> bool:
        """Whether the very container is put back that has got the item, for nothing was copied: ``shop.RATES = saved``.

        Not if something else was put in its place before.
        """
        place, restored = release.place, release.restored
        if place is None or not isinstance(restored, Shared) or restored.path != place.key:
            return False
        if not any(each.kind is Kind.ITEM and each.key.startswith(f"{place.key}[") for each in acquisition.places):
            return False
        named, family = self._by_name.get(place.name, ()), release.moment.activation.family
        others = [each for each in named if each.place == place and each.moment.activation.family is family]
        return all(isinstance(each.restored, Shared) and each.restored.path == place.key for each in others)

    def meant_for(self, acquisition: Acquisition) -> list[Release]:
        """Return the releases of the place, and those that put its original somewhere else."""
        found = list(self._by_name.get(acquisition.places[0].name, []))
        found += self._by_restored.get(acquisition.places[0].key, [])
        return sorted(found, key=lambda release: release.moment.order)


def judge(acquisition: Acquisition, releases: Releases) -> None:
    """Give the acquisition its best guarantee, and the release that has it."""
    matching = releases.of(acquisition)
    if len({release.node for release in matching}) == 1 and matching[0].is_part and not acquisition.is_part:
        acquisition.release = matching[0]  # and nothing is said of the others
        matching = []
    certain = _certain_pairs(acquisition, matching)
    for release in matching:
        guarantee = _grade(acquisition, release, certain)
        if acquisition.release is None or guarantee > acquisition.guarantee:
            acquisition.guarantee, acquisition.release = guarantee, release
    found = acquisition.release
    acquisition.is_conditional = found is not None and not found.is_part and not is_certain(acquisition, found)
    if acquisition.holder is not None and _escapes(acquisition.holder):
        acquisition.guarantee = Guarantee.ALWAYS


def matches(acquisition: Acquisition, release: Release) -> bool:
    """Whether a release can be one of that acquisition."""
    if not _same_family(acquisition, release):
        return False
    if release.holder is not None:
        if acquisition.holder is None or _stops_what_was_entered(acquisition, release):
            return False
        return release.holder in _holders(acquisition.holder)
    if release.library is not None:
        return acquisition.way is Way.STARTED and is_same_library(acquisition.holder, release.library)
    if acquisition.way is not Way.ASSIGNED or release.place is None:
        return False
    if release.is_default and release.node is acquisition.node:
        return False  # a test has called the helper, so it is no default
    if release.restored is acquisition.replacement is not UNKNOWN:
        return False  # what was saved for the original was the fake itself
    if not any(place.inside(release.place) for place in acquisition.places):
        return False
    return not (_is_another_original(acquisition, release) or _is_less_told(acquisition, release))


def _is_less_told(acquisition: Acquisition, release: Release) -> bool:
    """Whether the release was met when the function that replaces was run by itself, without what its caller tells."""
    by_itself = release.moment.activation
    if by_itself is acquisition.moment.activation or by_itself.node is None:
        return False
    first, last = by_itself.node.lineno, by_itself.node.end_lineno or by_itself.node.lineno
    if not first <= acquisition.node.lineno <= last:
        return False  # as nearly always: to walk through the function takes long
    return any(node is acquisition.node for node in ast.walk(by_itself.node))


def _stops_what_was_entered(acquisition: Acquisition, release: Release) -> bool:
    """Whether a patch entered by ``__enter__`` is to be ended by ``stop``, which knows those alone that it started."""
    is_entered = acquisition.way is Way.ENTERED and release.holder is acquisition.holder
    return is_entered and release.by_stop


def _is_another_original(acquisition: Acquisition, release: Release) -> bool:
    """Whether the value put back was read from a place of another name."""
    if release.place is None or not isinstance(release.restored, Shared):
        return False
    restored, place = release.restored.path, release.place.key
    if "?" in place + restored or "[" in place or "." not in restored:
        return False
    return _last(restored) != _last(place) and not is_spare(restored, place)


def is_spare(path: str, key: str) -> bool:
    """Whether a path is where Python keeps the original of a place: ``sys.__stdout__``."""
    return path.startswith("sys.__") and path.replace("__", "") == key


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def is_same_library(holder: Holdable | None, library: str) -> bool:
    """Whether a patch is of the library whose ``stopall`` is called, as far as that is known."""
    return isinstance(holder, Patcher) and (holder.library == library or UNKNOWN_LIBRARY in {holder.library, library})


def _same_family(acquisition: Acquisition, release: Release) -> bool:
    mine, theirs = acquisition.moment.activation.family, release.moment.activation.family
    if mine is theirs or mine is None or theirs is None:
        return True
    return getattr(mine, "source", None) is None or getattr(theirs, "source", None) is None


def _holders(holder: Holdable) -> list[Holdable]:
    """The patcher and every stack that holds it, directly or through another."""
    found: list[Holdable] = [holder]
    for each in found:
        found.extend(stack for stack in each.held_by if stack not in found)
    return found


def _escapes(holder: Holdable) -> bool:
    return any(each.escaped for each in _holders(holder))


def _grade(acquisition: Acquisition, release: Release, certain: set[int]) -> Guarantee:
    taken, freed = acquisition.moment, release.moment
    if release.on_success and id(release) not in certain:
        return Guarantee.HAPPY_PATH
    if freed.assured and freed.assured != taken.assured:
        return Guarantee.ALWAYS
    if not is_certain(acquisition, release) and id(release) not in certain:
        return Guarantee.NEVER
    if freed.activation.is_fixture and release.place is not None and not _is_used_by(freed.activation, acquisition):
        return Guarantee.NEVER
    if freed.deferred is not None:
        sure = _grade_cleanup(taken, freed)
        return min(sure, _by_lifetime(acquisition.lifetime, freed.deferred, sure))
    if taken.activation is freed.activation:
        return _grade_within(acquisition, release, certain)
    return _grade_across(acquisition, release)


def _grade_cleanup(taken: Moment, freed: Moment) -> Guarantee:
    """How sure a registered cleanup is: what raises before it is registered skips it."""
    activation = taken.activation
    if activation is not freed.activation:
        tests = activation.hook.phase is freed.activation.hook.phase is Phase.BODY
        return Guarantee.NEVER if tests else Guarantee.ALWAYS  # one that another test registers
    if freed.asserted > taken.asserted:
        return Guarantee.HAPPY_PATH
    is_late = activation.hook.phase is Phase.SETUP and not activation.is_fixture and freed.risk > taken.risk
    return Guarantee.TEARDOWN if is_late else Guarantee.ALWAYS


def _grade_within(acquisition: Acquisition, release: Release, certain: set[int]) -> Guarantee:
    taken, freed = acquisition.moment, release.moment
    activation = taken.activation
    if freed.order < taken.order:
        return Guarantee.NEVER
    if id(release) in certain:
        return Guarantee.ALWAYS
    if _in_finally(taken.path, freed.path):
        return Guarantee.HAPPY_PATH if freed.asserted > taken.asserted else Guarantee.ALWAYS
    if activation.wraps_test:
        return Guarantee.ALWAYS
    if activation.is_fixture and freed.after_yield:
        is_skipped = taken.order <= activation.skipped < freed.order
        return Guarantee.HAPPY_PATH if is_skipped or freed.asserted > activation.asserted else Guarantee.ALWAYS
    if activation.hook.lifetime is Lifetime.IMPORT:
        return Guarantee.ALWAYS
    if freed.after_yield and _is_plain_generator(acquisition):
        return Guarantee.ALWAYS  # it goes on when it is asked to, whatever the test has raised
    return Guarantee.HAPPY_PATH if freed.risk > taken.risk else Guarantee.ALWAYS


def _is_plain_generator(acquisition: Acquisition) -> bool:
    """Whether a function that acquires stands in a file of helpers which makes no context manager of it."""
    module = acquisition.origin
    if module is None or module.has_tests or "contextmanager" in module.whole_text:
        return False
    function = module.function_at(acquisition.node.lineno)
    return function is not None and not function.decorator_list


def _grade_across(acquisition: Acquisition, release: Release) -> Guarantee:
    taken, freed = acquisition.moment.activation, release.moment.activation
    if saves_anew(acquisition, release):
        return Guarantee.NEVER
    ends_fixture = freed.is_fixture and release.moment.after_yield
    if ends_fixture and isinstance(acquisition.holder, MonkeyPatch) and taken.hook.phase is Phase.BODY:
        return Guarantee.ALWAYS  # a test that asks for such a fixture means what it sets to last as long as that
    if freed.hook.phase is Phase.TEARDOWN or ends_fixture:
        sure = Guarantee.TEARDOWN if taken.hook.phase is Phase.SETUP else Guarantee.ALWAYS
        is_skipped = taken.hook.phase is Phase.SETUP and taken.skipped >= acquisition.moment.order
        if is_skipped or release.moment.asserted > freed.asserted:
            sure = Guarantee.HAPPY_PATH  # no teardown runs then, or an assertion of the teardown stands before it
        return _by_lifetime(taken.hook.lifetime, freed.hook.lifetime, sure)
    if freed.hook.phase is Phase.OTHER:
        if release.place is not None and release.place.key in freed.replaced:
            return Guarantee.NEVER  # a helper that puts back what it has replaced itself
        # Who calls a helper that acquires may call the other one as well.
        is_dead = freed.is_dead and taken.hook.phase is not Phase.OTHER
        return Guarantee.NEVER if is_dead else Guarantee.ALWAYS
    if freed.hook.phase is Phase.BODY and taken.hook.phase is Phase.SETUP:
        if acquisition.way is Way.ASSIGNED and not isinstance(release.restored, Shared):
            return Guarantee.NEVER  # a test that sets a value of its own puts nothing back
        is_in_time = taken.hook.lifetime is Lifetime.TEST or acquisition.way is Way.ASSIGNED
        return Guarantee.HAPPY_PATH if is_in_time else Guarantee.WRONG_LIFETIME
    return Guarantee.NEVER


def saves_anew(acquisition: Acquisition, release: Release) -> bool:
    """Whether the original is saved before each test and put back with the class: from the second on it is the mock."""
    taken, freed = acquisition.moment.activation, release.moment.activation
    if (taken.hook, freed.hook.lifetime, freed.hook.phase) != (SETUP_TEST, Lifetime.CLASS, Phase.TEARDOWN):
        return False
    kept = kept_in(release)
    if acquisition.way is not Way.ASSIGNED or kept is None:
        return False
    return any(name.rpartition(".")[2] == kept.attr for name in taken.stored)


def kept_in(release: Release) -> ast.Attribute | None:
    """Return the field that a release puts back what it holds: ``self.original`` of ``shop.run = self.original``."""
    node = release.node
    kept = node.value if isinstance(node, ast.Assign) else node.args[-1] if is_setattr(node) else None
    return kept if isinstance(kept, ast.Attribute) else None


def _is_used_by(fixture: Activation, acquisition: Acquisition) -> bool:
    """Whether a fixture of the file runs around what acquires: around all tests, or since something asks for it."""
    taken, module = acquisition.moment.activation, acquisition.origin
    if fixture is taken or fixture.family is None or fixture.node is None or taken.node is None or module is None:
        return True
    return is_requested(fixture.node, [taken.node], module, module)


def _by_lifetime(taken: Lifetime, freed: Lifetime, sure: Guarantee) -> Guarantee:
    """A patch of a test that is stopped with the class, or of a class stopped with a test, is no match."""
    if taken is Lifetime.BLOCK or taken is freed:
        return sure
    if taken is Lifetime.IMPORT:
        return Guarantee.WRONG_LIFETIME
    if taken is Lifetime.TEST or freed is Lifetime.TEST or (taken, freed) == (Lifetime.MODULE, Lifetime.SESSION):
        return Guarantee.WRONG_LIFETIME
    return sure


def _in_finally(taken: tuple[Branch, ...], freed: tuple[Branch, ...]) -> bool:
    return any(way == "finally" and (node, way) not in taken for node, way in freed)


# Conditions


def is_certain(acquisition: Acquisition, release: Release) -> bool:
    """Whether the release runs whenever the acquisition did, as far as conditions go."""
    return not any(_matters(branch, acquisition) for branch in _new_branches(acquisition, release))


def _new_branches(acquisition: Acquisition, release: Release) -> Iterator[Branch]:
    taken = acquisition.moment.path
    for branch in release.moment.path:
        if branch not in taken:
            yield branch


def _matters(branch: Branch, acquisition: Acquisition) -> bool:
    node, way = branch
    if isinstance(node, _TRIES):
        return way.startswith("handler")
    test = getattr(node, "test", None) or getattr(node, "subject", None)
    if test is None:
        return False
    for other, other_way in acquisition.moment.path:
        other_test = getattr(other, "test", None)
        if other_test is not None and other_way == way and ast.dump(other_test) == ast.dump(test):
            return False
    return not _is_about(test, acquisition)


def _is_about(test: ast.expr, acquisition: Acquisition) -> bool:
    """Whether a condition asks for something that the code around the acquisition set."""
    activation = acquisition.moment.activation
    known = {name.rpartition(".")[2] for name in activation.stored}
    known.update(each for each in map(_last, activation.emptied) if _is_filled(each, activation))
    known.update(each for each in map(_last, activation.by_environment) if _is_used(each, acquisition))
    if acquisition.holder is not None:
        known.update(name.rpartition(".")[2] for name in acquisition.holder.holders)
    required = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    if any(map(_asks_for_calls, required)):
        return False  # what was done with the mock says nothing about its patch
    for node in ast.walk(test):
        name = (
            node.id
            if isinstance(node, ast.Name)
            else node.attr
            if isinstance(node, ast.Attribute)
            else node.value
            if isinstance(node, ast.Constant)
            else None
        )
        if name in known:
            return True
    text = ast.unparse(test)
    return any(_names(text, place) for place in acquisition.places)


def _is_used(name: str, acquisition: Acquisition) -> bool:
    """Whether more of the file goes by what the environment tells than the release: what acquires may, too."""
    return acquisition.origin is None or acquisition.origin.names(name) > 2


def _is_filled(name: str, activation: Activation) -> bool:
    """Whether a container may get something in the code that has made it empty: it is named there once more."""
    if activation.node is None:
        return True
    named = (name in (getattr(node, "attr", ""), getattr(node, "id", "")) for node in ast.walk(activation.node))
    return sum(named) > 1


def _asks_for_calls(test: ast.expr) -> bool:
    """Whether a condition asks what was done with a mock: ``m.called``, ``not m.called``, ``m.call_count > 1``."""
    if isinstance(test, ast.UnaryOp):
        test = test.operand
    elif isinstance(test, ast.Compare):
        test = test.left
    return isinstance(test, ast.Attribute) and test.attr in MOCK_CONFIGURATION


def _names(text: str, place: Place) -> bool:
    """Whether a condition names a place: `shop.run is original`, `"shop" in sys.modules`."""
    container, _, item = place.key.partition("[")
    name = re.escape(_last(place.key))
    is_named = place.text in text or re.search(rf"{name}(?![a-z])", text) is not None
    return is_named or bool(item) and container in text and item[:-1] in text


def _handles_all(node: ast.AST, way: str) -> bool:
    """Whether a way through a ``try`` is a handler that a failed assertion reaches, too."""
    if not (isinstance(node, _TRIES) and way.startswith("handler")):
        return False
    caught = node.handlers[int(way.removeprefix("handler "))].type
    names = [caught] if not isinstance(caught, ast.Tuple) else caught.elts
    return caught is None or any(isinstance(name, ast.Name) and name.id in _ALL_FAILURES for name in names)


def _certain_pairs(acquisition: Acquisition, releases: list[Release]) -> set[int]:
    """Return the releases that only together run on every way: in both branches, or in a handler and behind it."""
    ways: dict[ast.AST, dict[str, Release]] = {}
    plain = [release for release in releases if is_certain(acquisition, release)]
    for release in releases:
        for node, way in _new_branches(acquisition, release):
            ways.setdefault(node, {})[way] = release
    certain: set[int] = set()
    for node, taken in ways.items():
        if isinstance(node, (ast.If, ast.IfExp)) and {"body", "orelse"} <= taken.keys():
            certain.update(id(release) for release in taken.values())
        handled = [release for way, release in taken.items() if _handles_all(node, way)]
        if handled and plain:
            certain.update(id(release) for release in plain)
    return certain
