"""Collects what happens while the model runs through a file."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from flake8_mockleak.model.facts import (
    Acquisition,
    Activation,
    Branch,
    Idiom,
    MockClassChange,
    Moment,
    Release,
    Site,
    SkippedRelease,
    Slip,
    Way,
    WeakAssertion,
    Weakness,
    WrongRelease,
)
from flake8_mockleak.model.lifetime import IMPORT_BODY, Lifetime, Phase
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.source import ModuleSource
from flake8_mockleak.model.values import Holdable, Patcher, Value


class Recorder:
    """The events of a file, each with the moment it happens at.

    ``risk`` counts what can raise so far, ``asserted`` the assertions among it, ``path`` names the branches taken to
    the present statement.
    """

    def __init__(self, activation: Activation | None = None) -> None:
        self.acquisitions: list[Acquisition] = []
        self.releases: list[Release] = []
        self.skipped: list[SkippedRelease] = []
        self.wrong_releases: list[WrongRelease] = []
        self.mock_class_changes: list[MockClassChange] = []
        self.open_questions: set[Activation] = set()
        self.kept_by_bases: set[Activation] = set()
        """Where a patcher is put in a container that a base class of another file has made."""
        self.open_releases: set[Activation] = set()
        self.unknown_releases: list[Activation] = []
        self.unknown_stops: list[Activation] = []
        self.set_on_own: set[tuple[str, int]] = set()
        """The lines, with the paths of their files, that set an attribute of an object which the tests have made."""
        self.returned: set[tuple[object, str]] = set()
        """The functions that return something shared, as the original of what they replace, with its path."""
        self.patchers: list[Patcher] = []
        self.dropped: list[Patcher] = []
        self.weak_assertions: list[WeakAssertion] = []
        self.scoped_entries: list[Acquisition] = []
        """What a ``with`` statement enters, and so releases."""
        self.activation = activation or Activation(None, IMPORT_BODY, None, Idiom.MODULE)
        self.origin: ModuleSource | None = None
        self.risk = 0
        self.asserted = 0
        self.path: tuple[Branch, ...] = ()
        self.call_sites: list[ast.expr] = []
        self.foreign_calls: list[tuple[str, Moment]] = []
        self._order = 0
        self._deferred: Lifetime | None = None
        self._registered = 0
        self._assured = 0
        self._fails_at: int | None = None
        self._runs = 0
        self.after_yield = False
        self.failure_tests: set[ast.AST] = set()
        """The ``if`` statements of an ``__exit__`` that ask whether the block has raised."""

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is acquired and released within stands by itself, to be read there, and is gone behind it."""
        before = self.acquisitions, self.releases, self.scoped_entries, self.after_yield
        self.acquisitions, self.releases, self.scoped_entries = [], [], []
        try:
            yield
        finally:
            self.acquisitions, self.releases, self.scoped_entries, self.after_yield = before

    def moment(self) -> Moment:
        """Return the present moment; no two are equal in order."""
        self._order += 1
        return Moment(
            self.activation,
            self._order,
            self.risk,
            self.path,
            self._deferred,
            self._assured,
            self.after_yield,
            self.asserted if self._deferred is None else self._registered,
        )

    @contextmanager
    def branch(self, node: ast.AST, way: str) -> Iterator[None]:
        """What happens within is on one of several ways through ``node``."""
        before = self.path
        self.path = (*before, (node, way))
        try:
            yield
        finally:
            self.path = before

    @contextmanager
    def ended(self, node: ast.AST, asserted: int) -> Iterator[None]:
        """What happens within is in the ``finally`` of a ``try`` that so many assertions stand before."""
        reached, self.asserted = self.asserted, min(asserted, self.asserted)
        with self.branch(node, "finally"):
            yield
        self.asserted = reached

    @contextmanager
    def deferred(self, lifetime: Lifetime) -> Iterator[None]:
        """What happens within is a cleanup that runs at the end of the lifetime, however it ends."""
        before, self._deferred = self._deferred, lifetime
        registered, self._registered = self._registered, self.asserted
        try:
            yield
        finally:
            self._deferred, self._registered = before, registered

    @contextmanager
    def assured(self) -> Iterator[None]:
        """What happens within is up to code that the model does not follow; releases count as sure."""
        before = self._assured
        self._runs += 1
        self._assured = before or self._runs
        try:
            yield
        finally:
            self._assured = before

    @contextmanager
    def failing(self) -> Iterator[None]:
        """The statement that is run within is expected to raise."""
        before, self._fails_at = self._fails_at, len(self.call_sites)
        try:
            yield
        finally:
            self._fails_at = before

    @property
    def is_failing(self) -> bool:
        """Whether the present statement itself is expected to raise; functions that it calls may get further."""
        return self._fails_at == len(self.call_sites)

    @property
    def is_cleanup(self) -> bool:
        """Whether the present moment lies in a cleanup."""
        return self._deferred is not None

    @property
    def is_deferred(self) -> bool:
        """Whether the present moment lies in a cleanup or in unknown code."""
        return self._assured != 0 or self._deferred is not None

    @property
    def is_ending(self) -> bool:
        """Whether the present code is there to release what other code acquired, or is not followed."""
        return self._assured != 0 or self.is_over

    @property
    def is_over(self) -> bool:
        """Whether what the present code cleans up after is over: in a cleanup, a teardown or a ``finally``."""
        teardown = self.activation.hook.phase is Phase.TEARDOWN
        return self._deferred is not None or self.after_yield or teardown or _in_finally(self.path)

    def forget(self, families: Collection[object]) -> None:
        """Drop what was recorded in the activations of these families."""
        dropped = set(families)
        self.acquisitions = [each for each in self.acquisitions if each.moment.activation.family not in dropped]
        self.releases = [each for each in self.releases if each.moment.activation.family not in dropped]
        self.skipped = [each for each in self.skipped if each.release.moment.activation.family not in dropped]
        self.wrong_releases = [each for each in self.wrong_releases if each.activation.family not in dropped]
        self.scoped_entries = [each for each in self.scoped_entries if each.moment.activation.family not in dropped]

    def acquire(
        self,
        way: Way,
        node: ast.expr | ast.stmt,
        holder: Holdable | None = None,
        places: tuple[Place, ...] = (),
        replacement: Value | None = None,
        site: Site = Site(Idiom.FUNCTION),
        may_stay: bool = False,
    ) -> Acquisition:
        """Record that places are replaced here."""
        if way is Way.ASSIGNED and not may_stay:
            self.activation.replaced.update(place.key for place in places)
        call_site = self._call_site()
        made = Acquisition(way, node, self.moment(), holder, places, replacement, call_site, self.origin, site)
        made.may_stay = may_stay
        if isinstance(holder, Patcher) and holder.whole is not None:
            made.holder, made.is_part = holder.whole, True
        self.acquisitions.append(made)
        return made

    def enter_scoped(self, node: ast.expr, patcher: Patcher) -> None:
        """Record that a ``with`` statement enters a patch."""
        entry = Acquisition(Way.ENTERED, node, self.moment(), patcher, patcher.places, origin=self.origin)
        self.scoped_entries.append(entry)

    def release(
        self,
        node: ast.AST,
        *,
        holder: Holdable | None = None,
        place: Place | None = None,
        library: str | None = None,
        restored: Value | None = None,
        by_stop: bool = False,
    ) -> None:
        """Record that an original is put back here."""
        release = Release(node, self.moment(), holder, place, library, restored, by_stop=by_stop)
        if isinstance(holder, Patcher) and holder.whole is not None:
            release.holder, release.is_part = holder.whole, True
        release.call_site = self._call_site()
        release.on_success = any(each in self.failure_tests for each, _ in self.path)
        self.releases.append(release)

    def _call_site(self) -> ast.expr | None:
        """Return the call, in what the framework runs, of the helper that is running."""
        return self.call_sites[0] if self.call_sites else None

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What happens within raises nothing, as far as the code around it goes."""
        before = self.risk, self.asserted
        yield
        self.risk, self.asserted = before

    @contextmanager
    def surely(self) -> Iterator[None]:
        """What happens within happens whatever else does, as where a ``with`` is left."""
        outer, self._assured = self._assured, 0  # sure for what is acquired in the same code, too
        with self.assured():
            yield
        self._assured = outer

    def release_surely(self, node: ast.AST, holder: Holdable) -> None:
        """Record a release that happens whatever else does: leaving a ``with``, or code that is not followed."""
        with self.surely():
            self.release(node, holder=holder)

    def skip_test(self) -> None:
        """Record that the test is skipped here: by an exception, under whatever condition."""
        self.risk += 1
        self.activation.skipped = self._order

    def call_foreign(self, path: str) -> None:
        """Record a call of a function of another file that is not followed."""
        self.foreign_calls.append((path, self.moment()))

    def slip(self, slip: Slip, node: ast.AST, text: str, patcher: Patcher | None = None) -> None:
        """Record a release that does nothing."""
        self.wrong_releases.append(WrongRelease(slip, node, text, self.activation, patcher, origin=self.origin))

    def weak_assertion(self, weakness: Weakness, node: ast.expr, text: str, name: str) -> None:
        """Record an assertion on a mock that says nothing, unless the test is about that."""
        if self.is_failing:
            return
        self.weak_assertions.append(WeakAssertion(weakness, node, text, name, self.origin))


def _in_finally(path: tuple[Branch, ...]) -> bool:
    return any(way == "finally" for _, way in path)
