"""What base classes of other files do about started patches."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from flake8_mockleak.model.beyond import Beyond, Evidence, link
from flake8_mockleak.model.facts import Release
from flake8_mockleak.model.lifecycle import Lifecycle
from flake8_mockleak.model.lifetime import CASE_HOOKS, Lifetime, Phase
from flake8_mockleak.model.names import UNKNOWN_LIBRARY
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ClassSource, asks_for, dotted_name
from flake8_mockleak.model.testcases import is_framework
from flake8_mockleak.model.values import UNKNOWN, Shared, Value
from flake8_mockleak.model.wellknown import FRAMEWORKS, STOP_STARTED_PATCHES, UNDO_NOTHING


class BaseClass(Enum):
    """What a base class of another file does about started patches."""

    STOPS = "stops every started patch"
    STOPS_LAST = "stops every started patch in a teardown that can be read"
    FRAMEWORK = "belongs to a test framework and stops none"
    READ = "can be read"
    UNKNOWN = "cannot be found"


class Judged(NamedTuple):
    """What bases do.

    Of those that stop patches: the library whose patches these are, and the ``hooks`` that do it or register it. Of
    others: the hooks that they keep from the bases behind them, as they do not call theirs.
    """

    verdict: BaseClass
    library: str = UNKNOWN_LIBRARY
    hooks: frozenset[str] = frozenset({"setUp"})
    hidden: frozenset[str] = frozenset()


_STOPPING = frozenset({BaseClass.STOPS, BaseClass.STOPS_LAST})
UNITTEST_HOOKS = frozenset({"setUp", "tearDown", "setUpClass", "tearDownClass", "asyncSetUp", "asyncTearDown"})
_NO_TEST_CASE = frozenset({"builtins.object", "abc.ABC", "typing.Generic"})

_read_before: dict[tuple[str, tuple[str, ...], ModelSettings], tuple[Judged, Evidence]] = {}


class Bases:
    """Judges the base classes of one file."""

    def __init__(self, beyond: Beyond, settings: ModelSettings) -> None:
        self._beyond = beyond
        self._settings = settings
        self._readers: list[Beyond] = []
        self._bases: dict[str, tuple[Judged, Evidence | None]] = {}
        self._verdicts: dict[ClassSource, Judged] = {}

    def judge(self, source: ClassSource | None) -> Judged:
        """Return what the bases of a class that stand in other files do, taken together."""
        if source is None:
            return Judged(BaseClass.FRAMEWORK)
        if source not in self._verdicts:  # found out before the bases are linked
            foreign = source.foreign_bases()
            verdict = self._judge_anew(source)
            verdict = BaseClass.STOPS if verdict is BaseClass.STOPS_LAST else verdict
            self._verdicts[source] = Judged(verdict, self._library_of(foreign))
        return self._verdicts[source]

    def _library_of(self, bases: list[Value]) -> str:
        """Return the library whose patches some judged bases stop, as far as they have one in common."""
        if self._settings.safe_bases:
            return UNKNOWN_LIBRARY
        libraries = {each.library for each in self._stopping(bases)}
        return libraries.pop() if len(libraries) == 1 else UNKNOWN_LIBRARY

    def _judge_anew(self, source: ClassSource) -> BaseClass:
        if is_mixin(source):
            return BaseClass.UNKNOWN
        may_gain_hooks = any(map(_changes_subclasses, source.ancestry()))
        if UNKNOWN in source.foreign_bases():
            # astroid may know what the expression comes down to
            is_read = link(source, self._beyond, is_framework) and not may_gain_hooks
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

    def _read_already(self, base: Value) -> Judged | None:
        return self._bases[base.path][0] if isinstance(base, Shared) and base.path in self._bases else None

    def _stopping(self, bases: list[Value]) -> list[Judged]:
        """Return what was judged of those bases that stop patches."""
        judged = map(self._read_already, bases)
        return [each for each in judged if each is not None and each.verdict in _STOPPING]

    def _hooks_of(self, bases: list[Value]) -> frozenset[str]:
        """Return the hooks by which some judged bases stop patches: a class that has such a one has to call theirs."""
        found = [each.hooks for each in self._stopping(bases)]
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
        if is_framework(base) or base.path.startswith("builtins."):
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

    def _judge_read(self, base: Shared) -> tuple[Judged, Evidence | None]:
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
        link(found.source, self._beyond, is_framework)
        names = {f"{source.module.name}.{source.name}" for source in found.source.ancestry()}
        names |= {each.path for each in found.source.foreign_bases() if isinstance(each, Shared)}
        return bool(names & self._settings.safe_bases)

    def _read_base(self, base: Shared, beyond: Beyond) -> Judged:
        found = beyond.base_class(base)
        if found is None:
            path = beyond.canonical(base.path)
            if path in FRAMEWORKS or path in UNDO_NOTHING:
                return Judged(BaseClass.FRAMEWORK)
            is_known = not STOP_STARTED_PATCHES.isdisjoint({base.path, path})
            return Judged(BaseClass.STOPS if is_known else BaseClass.UNKNOWN)
        foreign = found.source.foreign_bases()
        verdict = self._judge_bases_of(found.source)
        if verdict in _STOPPING:
            # Without a look at its own body.
            return Judged(verdict, self._library_of(foreign), self._hooks_of(foreign))
        complete = link(found.source, beyond, is_framework)
        stops = self._stops_started(found.source, beyond)
        if stops.verdict is not BaseClass.STOPS and any(map(_changes_subclasses, found.source.ancestry())):
            return Judged(BaseClass.UNKNOWN)
        if stops.verdict in _STOPPING:
            return stops if complete else stops._replace(verdict=BaseClass.STOPS)
        hidden = frozenset(hook for hook in CASE_HOOKS if not _calls_base(found.source, hook))
        return Judged(BaseClass.READ if complete else BaseClass.UNKNOWN, hidden=hidden)

    def _stops_started(self, source: ClassSource, beyond: Beyond) -> Judged:
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
            return Judged(BaseClass.READ)
        verdict = min(found, key=list(BaseClass).index)
        libraries = {release.library for release in found[verdict]}
        library = libraries.pop() if len(libraries) == 1 else None
        nodes = (release.moment.activation.node for release in found[verdict])
        return Judged(verdict, library or UNKNOWN_LIBRARY, frozenset(node.name for node in nodes if node is not None))


def _changes_subclasses(source: ClassSource) -> bool:
    """Whether a class may give those below it other methods than their text has, such as a teardown."""
    if f"{source.module.name}.{source.name}" in FRAMEWORKS:
        return False
    metaclasses = [keyword.value for keyword in source.node.keywords if keyword.arg in {"metaclass", None}]
    is_abstract = all((dotted_name(each) or "").endswith("ABCMeta") for each in metaclasses)
    return "__init_subclass__" in source.methods or not is_abstract


def is_mixin(source: ClassSource) -> bool:
    """Whether a class runs only together with others, which may undo its patches: it is no test case by itself."""
    if any(isinstance(base, Shared) and base.path not in _NO_TEST_CASE for base in source.foreign_bases()):
        return False
    methods = {name for ancestor in source.ancestry() for name in ancestor.methods}
    if not source.name.lower().startswith("test"):
        return True  # pytest does not collect it either
    has_tests = any(name.startswith("test") for name in methods)
    is_of_pytest = "setup_method" in methods and has_tests
    return not is_of_pytest and not methods.isdisjoint(UNITTEST_HOOKS) or not has_tests


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
