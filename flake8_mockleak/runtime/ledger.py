"""The ledger: every acquisition and every release, as they happen."""

from __future__ import annotations

import itertools
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from enum import Enum, IntEnum
from types import CodeType
from typing import Any, NamedTuple

from flake8_mockleak.runtime import places, statics
from flake8_mockleak.runtime.frames import LIBRARIES, Site

# A test may have patched them by the time they are needed.
_now = time.perf_counter
_thread_id = threading.get_ident
_thread_name: Callable[[], str] = lambda: threading.current_thread().name  # noqa: E731
_main_thread = threading.main_thread().ident


class Kind(Enum):
    """What sort of place was replaced, and how."""

    PATCH = "patch"
    ATTRIBUTE = "attribute"
    FUNCTION = "function"
    MODULE_ENTRY = "sys.modules entry"
    ITEM = "item of a container"
    MOCK_CLASS = "mock class"
    RESTORED_OTHERWISE = "attribute restored to something else"
    CONFIGURATION = "configuration value"


class Lifetime(IntEnum):
    """How long an acquisition is meant to last, shortest first."""

    TEST = 1
    CLASS = 2
    MODULE = 3
    SESSION = 4


class RunningTest(NamedTuple):
    """A test that runs: its id as the runner names it, and the ids of the class and the module it is part of.

    ``code`` is that of its function, if there is one.
    """

    id: str
    cls: str
    module: str
    path: str
    code: CodeType | None = None

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line of the test's function; zeros if it is not known."""
        if self.code is None:
            return (0, 0)
        first = self.code.co_firstlineno
        return first, max((line for *_, line in self.code.co_lines() if line), default=first)


class Acquisition:
    """One replacement of one place. Times are seconds since the ledger was opened.

    A plain class: one is made for every patch.
    """

    __slots__ = (
        "number", "kind", "place", "shared", "site", "phase", "lifetime", "owner", "test", "started", "thread",
        "new", "original", "key", "target", "below", "released", "code", "guess", "keys", "holds",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        kind: Kind,
        place: str,
        shared: bool,
        site: Site | None,
        phase: str,
        lifetime: Lifetime,
        owner: str,
        test: RunningTest | None,
        started: float,
        thread: str | None,
        new: object,
        original: object,
        key: tuple[int, object],
        target: Callable[[], object | None],
        below: Acquisition | None,
        keys: tuple[object, ...],
    ) -> None:
        self.number, self.kind, self.place, self.shared, self.site = number, kind, place, shared, site
        self.phase, self.lifetime, self.owner, self.test = phase, lifetime, owner, test
        self.started, self.thread, self.new, self.original = started, thread, new, original
        self.key, self.target, self.below, self.keys = key, target, below, keys
        self.released: float | None = None
        self.code: str | None = None
        self.guess = ""
        self.holds: Callable[[object, object], bool] | None = None

    @property
    def where(self) -> tuple[str, int]:
        """The file and the line: those of the test if a decorator of it acquires, an empty path if nobody knows."""
        if self.site is not None:
            return self.site.path, self.site.line
        return ("", 1) if self.test is None else (self.test.path, self.test.lines[0] or 1)

    def in_place(self) -> bool:
        """Tell whether what was put there is still there."""
        target = self.target()
        if target is None:
            return False
        if self.holds is not None:
            return self.holds(target, self.new)
        if self.keys:
            return _has_items(target, self.new, self.keys)
        if not isinstance(self.key[1], str):
            return True
        if statics.is_module(target):
            entry = statics.MODULES.get(statics.name_of_module(target))
            if entry is not target and statics.mock_in(entry) is None:
                return False  # imported anew since
        value = statics.member(target, self.key[1])
        return value is self.new or (value is statics.MISSING and statics.members(target) is None)


def _has_items(target: object, new: object, keys: tuple[object, ...]) -> bool:
    if not isinstance(new, dict) or not issubclass(type(target), dict):
        return True  # a mapping of the user's, whose methods are not called here
    items: dict[object, object] = dict.copy(target)  # type: ignore[arg-type]
    return any(items.get(key, statics.MISSING) is new[key] for key in keys)


class Bar(NamedTuple):
    """An acquisition that was released, as the timeline shows it."""

    number: int
    place: str
    path: str
    line: int
    test: str
    start: float
    end: float


class Context:
    """Where the session is, as the runner last told."""

    def __init__(self) -> None:
        self.test: RunningTest | None = None
        self.phase = "import"
        self.fixtures: list[tuple[Lifetime, str, str]] = []


class Ledger:
    """Keeps what is in force, and as much of what is over as was asked for.

    ``history`` is how many released acquisitions are kept for the timeline; older ones are counted only, so that the
    memory does not grow with the number of tests.
    """

    def __init__(self, history: int = 0) -> None:
        self.lock = threading.RLock()
        self.opened = _now()
        self.active: dict[int, Acquisition] = {}
        self.leaked: dict[int, Acquisition] = {}
        self.bars: deque[Bar] = deque(maxlen=history)
        self.released_count = 0
        self.context = Context()
        self.on_release: Callable[[Acquisition], None] | None = None
        self.on_restart: Callable[[Acquisition], None] | None = None
        self._numbers = itertools.count(1)
        self._top: dict[tuple[int, object], Acquisition] = {}

    @property
    def acquired_count(self) -> int:
        """How many acquisitions there were, without those that stand and that a plugin made before the tests."""
        standing = [a for a in self.active.values() if a.test is not None or not a.where[0].startswith(LIBRARIES)]
        return self.released_count + len(standing) + len(self.leaked)

    def clock(self) -> float:
        """Return the seconds since the ledger was opened."""
        return _now() - self.opened

    def attribute(
        self, target: object, name: str, original: object, new: object, site: Site | None, phase: tuple[str | None, str]
    ) -> Acquisition:
        """Note that an attribute was patched."""
        place, shared = places.of_attribute(target, name)
        return self.add(Kind.PATCH, place, shared, site, phase, target, (id(target), name), original, new)

    def items(
        self,
        target: object,
        spelling: str | None,
        values: Mapping[Any, Any],
        site: Site | None,
        phase: tuple[str | None, str],
    ) -> Acquisition:
        """Note that items of a mapping were patched."""
        place, shared = places.of_mapping(target, spelling, values)
        key = (id(target), id(values))
        return self.add(Kind.PATCH, place, shared, site, phase, target, key, None, dict(values), tuple(values))

    def add(
        self,
        kind: Kind,
        place: str,
        shared: bool,
        site: Site | None,
        phase: tuple[str | None, str],
        target: object,
        key: tuple[int, object],
        original: object,
        new: object,
        keys: tuple[object, ...] = (),
        lifetime: tuple[Lifetime, str] | None = None,
    ) -> Acquisition:
        """Note a replacement, and return it. ``phase`` is what the stack told: the phase, and its class or module."""
        name, length, owner = self._lifetime(phase, site)
        if lifetime is not None:
            length, owner = lifetime
        try:
            reference: Callable[[], object | None] = weakref.ref(target)
        except TypeError:
            reference = lambda: target  # noqa: E731
        thread = None if _thread_id() == _main_thread else _thread_name()
        with self.lock:
            made = Acquisition(
                next(self._numbers), kind, place, shared, site, name, length, owner, self.context.test,
                _now() - self.opened, thread, new, original, key, reference, self._top.get(key), keys,
            )  # fmt: skip
            self._top[key] = made
            self.active[made.number] = made
        return made

    def _lifetime(self, phase: tuple[str | None, str], site: Site | None) -> tuple[str, Lifetime, str]:
        context = self.context
        if context.fixtures:
            length, name, owner = context.fixtures[-1]
            return name, length, owner
        name, owner = phase[0] or context.phase, phase[1]
        test = context.test
        if name in {"setUpClass", "tearDownClass"}:
            return name, Lifetime.CLASS, test.cls if test is not None else owner
        if name in {"setUpModule", "tearDownModule"}:
            return name, Lifetime.MODULE, test.module if test is not None else owner
        if test is not None:
            return name, Lifetime.TEST, test.id
        if name == "import" and site is not None:
            return name, Lifetime.MODULE, site.path
        return name, Lifetime.SESSION, ""

    def release(self, acquisition: Acquisition) -> None:
        """Note that an acquisition was undone by its patcher."""
        with self.lock:
            self._close(acquisition)
            below = acquisition.below
            # What was put back is the mock of a patch that is over: the two were undone in the wrong order.
            if below is not None and below.released is not None and below.new is acquisition.original:
                if below.new is not acquisition.new and below.in_place():
                    self._revive(below, acquisition)
            acquisition.below = None

    def _revive(self, below: Acquisition, last: Acquisition) -> None:
        below.released = None
        below.code = "MLK110"
        self.released_count -= 1
        self.active[below.number] = below
        self._top[below.key] = below

    def _close(self, acquisition: Acquisition) -> None:
        acquisition.released = _now() - self.opened
        if self.active.pop(acquisition.number, None) is None and self.leaked.pop(acquisition.number, None) is None:
            return
        self.released_count += 1
        if self._top.get(acquisition.key) is acquisition:
            below = acquisition.below
            if below is not None and below.released is None:
                self._top[acquisition.key] = below
            else:
                del self._top[acquisition.key]
        if self.on_release is not None:
            self.on_release(acquisition)
        if self.bars.maxlen:
            path, line = acquisition.where
            test = acquisition.test.id if acquisition.test else ""
            started, released = acquisition.started, acquisition.released
            self.bars.append(Bar(acquisition.number, acquisition.place, path, line, test, started, released))

    def leak(self, acquisition: Acquisition) -> None:
        """Take an acquisition out of those that are in force as they should be."""
        with self.lock:
            if self.active.pop(acquisition.number, None) is not None:
                self.leaked[acquisition.number] = acquisition

    def covers(self, owner: object, name: object) -> bool:
        """Whether a patch or an acquisition that is known of is in force on an attribute."""
        top = self._top.get((id(owner), name))
        if top is None or top.released is not None:
            return False
        if top.kind is Kind.PATCH or top.in_place():
            return True
        self.drop(top)
        return False

    def drop(self, acquisition: Acquisition) -> None:
        """Take an acquisition for undone, because the place shows that it is, or for not shared."""
        with self.lock:
            self._close(acquisition)

    def restarted(self, acquisition: Acquisition, again: Acquisition) -> None:
        """Note that a patcher was started while it was in force: no stop can undo the first start any more."""
        acquisition.code = "MLK106" if acquisition.test is again.test else "MLK108"
        acquisition.site, acquisition.test = again.site, again.test
        acquisition.lifetime, acquisition.owner = again.lifetime, again.owner
        acquisition.new = again.original
        if self.on_restart is not None:
            self.on_restart(acquisition)
