"""The ledger: every acquisition and every release, as they happen."""

from __future__ import annotations

import itertools
import os
import threading
import time
import weakref
from builtins import any, len  # as they are now: a test may leave others
from collections import deque
from collections.abc import Callable
from types import CodeType, FrameType

from flake8_mockleak.runtime import late, statics
from flake8_mockleak.runtime.frames import LIBRARIES, Site, who

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# A test may have patched them by the time they are needed.
_now = time.perf_counter
_thread_id = threading.get_ident
_thread_name: Callable[[], str] = lambda: threading.current_thread().name  # noqa: E731
_ref = weakref.ref
_environ = os.environ
_main_thread = threading.main_thread().ident


# No enumerations, whose making alone takes a hundredth of the start of Python.
class Kind:
    """What sort of place was replaced, and how."""

    PATCH = "patch"
    ATTRIBUTE = "attribute"
    FUNCTION = "function"
    MODULE_ENTRY = "sys.modules entry"
    ITEM = "item of a container"
    MOCK_CLASS = "mock class"
    RESTORED_OTHERWISE = "attribute restored to something else"
    CONFIGURATION = "configuration value"


_WIDE = frozenset({"setUpClass", "tearDownClass", "setUpModule", "tearDownModule"})


class Lifetime:
    """How long an acquisition is meant to last, shortest first. ``NAMES`` has their names, in this order."""

    TEST, CLASS, MODULE, SESSION = range(4)
    NAMES = ("test", "class", "module", "session")


Home = tuple[str, str, str]
"""The ids of a test's class and module, and the path of its file."""


class RunningTest:
    """A test that runs: its id as the runner names it, and the ids of the class and the module it is part of.

    ``home`` is the latter two and the path, one object for the tests of a class that follow each other. ``source`` is
    what the code of its function is found in, by ``name``; that is done for a leak and not before.
    """

    __slots__ = ("home", "source", "name", "_id")

    def __init__(self, id: str, cls: str, module: str, path: str, source: Any = None, name: str = "") -> None:
        self._id, self.home, self.source, self.name = id, (cls, module, path), source, name

    @property
    def id(self) -> str:
        """The id of the test."""
        return self._id

    @property
    def cls(self) -> str:
        """The id of its class, or of its module where it has none."""
        return self.home[0]

    @property
    def module(self) -> str:
        """The id of its module."""
        return self.home[1]

    @property
    def path(self) -> str:
        """The path of its file."""
        return self.home[2]

    def code(self) -> CodeType | None:
        """Return the code of the test's function; here the source is that code."""
        return self.source  # type: ignore[no-any-return]

    def locate(self, site: Site) -> tuple[str, int]:
        """Return the file and the line of a site in this test."""
        return site.path, site.line

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line of the test's function; zeros if it is not known."""
        code = self.code()
        if code is None:
            return (0, 0)
        first = code.co_firstlineno
        return first, max((line for *_, line in code.co_lines() if line), default=first)


class Acquisition:
    """One replacement of one place. Times are seconds since the ledger was opened.

    One is made for every patch, and nearly all are released before anybody looks at one. So a patch is entered with
    what only that moment can tell, in ``raw``; the rest is made from it when it is first asked for.
    """

    number: int
    kind = Kind.PATCH
    test: RunningTest | None
    started: float
    thread: str | None = None
    key: tuple[int, object]
    below: Acquisition | None
    released: float | None = None
    raw: _Raw | None = None
    code: str | None = None
    guess = ""
    holds: Callable[[object, object], bool] | None = None
    place: str
    shared: bool
    site: Site | None
    phase: str
    lifetime: int
    owner: str
    target: Callable[[], object | None]
    new: object
    original: object
    keys: tuple[object, ...]

    def __getattr__(self, name: str) -> Any:
        """Make what is not there yet."""
        if self.raw is None:
            raise AttributeError(name)
        self.fill()
        return getattr(self, name)

    def fill(self) -> None:
        """Make all that is not there yet, while what it is made from is as it was."""
        raw, self.raw = self.raw, None
        if raw is None:
            return
        target, name, values, self.original, new, code, line, phase, owner, fixture = raw
        places = late.module("places")
        if isinstance(values, dict):
            self.place, self.shared = places.of_mapping(target, name, values)
            self.new, self.keys = dict(values), tuple(values)
        else:
            self.place, self.shared = places.of_attribute(target, str(name))
            self.new, self.keys = new, ()
        self.site = None if code is None else Site(code.co_filename, line, code.co_name)
        self.phase, self.lifetime, self.owner = lifetime_of(phase, owner, fixture, self.test, self.site)
        self.target = _reference(target)

    @property
    def where(self) -> tuple[str, int]:
        """The file and the line: those of the test if a decorator of it acquires, an empty path if nobody knows."""
        if self.site is not None:
            return (self.site.path, self.site.line) if self.test is None else self.test.locate(self.site)
        return ("", 1) if self.test is None else (self.test.path, self.test.lines[0] or 1)

    def in_place(self) -> bool:
        """Tell whether what was put there is still there."""
        target = self.target()
        if target is None:
            return False
        if self.holds is not None:
            return self.holds(target, self.new)
        if self.keys:
            return _has_items(target, self.new)
        if not isinstance(self.key[1], str):
            return True
        if statics.is_module(target):
            entry = statics.MODULES.get(statics.name_of_module(target))
            if entry is not target and statics.mock_in(entry) is None:
                return False  # imported anew since
        value = statics.member(target, self.key[1])
        return value is self.new or (value is statics.MISSING and statics.members(target) is None)


_PLAIN_KEYS = frozenset({str, bytes})
_ABSENT = object()  # while ``MISSING`` may be the value, of a variable that was deleted


def _has_items(target: object, new: object) -> bool:
    if not isinstance(new, dict) or not issubclass(type(target), dict):
        return True  # a mapping of the user's, whose methods are not called here
    plain = {key: value for key, value in new.items() if type(key) in _PLAIN_KEYS}
    # This is asked after each test that runs into such a leak, and to go through ``sys.modules`` takes milliseconds.
    items: dict[object, object] = statics.MODULES if target is statics.MODULES else dict.copy(target)  # type: ignore
    if items is target or set(map(type, items)) <= _PLAIN_KEYS:
        return any(items.get(key, _ABSENT) is value for key, value in plain.items())
    # By identity, for a key may have a ``__hash__`` and an ``__eq__`` of the user's.
    wanted = {(id(key), id(value)) for key, value in new.items()}
    return any(
        (id(key), id(value)) in wanted or (type(key) in _PLAIN_KEYS and plain.get(key, statics.MISSING) is value)
        for key, value in items.items()
    )


def _reference(target: object) -> Callable[[], object | None]:
    try:
        return _ref(target)
    except TypeError:
        return lambda: target


_Fixture = tuple[int, str, str]
# The target, its attribute or how a mapping is spelt, the items of a mapping, what was there and what is there now,
# then the code and the line, the phase, the class or the module that the stack told, and the fixture.
_Raw = tuple[
    object, "str | None", "dict[Any, Any] | None", object, object, "CodeType | None", int, str, str, "_Fixture | None"
]  # fmt: skip


def lifetime_of(
    phase: str, owner: str, fixture: _Fixture | None, test: RunningTest | None, site: Site | None
) -> tuple[str, int, str]:
    """Return the phase, the lifetime and its owner; ``owner`` is the class or module whose code the phase is."""
    if fixture is not None:
        length, phase, owner = fixture
        return phase, length, owner
    if phase in ("setUpClass", "tearDownClass"):
        return phase, Lifetime.CLASS, test.cls if test is not None else owner
    if phase in ("setUpModule", "tearDownModule"):
        return phase, Lifetime.MODULE, test.module if test is not None else owner
    if test is not None:
        return phase, Lifetime.TEST, test.id
    if phase == "import" and site is not None:
        return phase, Lifetime.MODULE, site.path
    return phase, Lifetime.SESSION, ""


def _owner(phase: str | None, frame: FrameType | None) -> str:
    """Return the id of the class or the name of the module that the function of a phase is of, if it is of one."""
    if phase is None or frame is None:
        return ""
    if phase.endswith("Class"):
        code = frame.f_code
        cls = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
        return class_id(cls) if cls is not None and statics.is_class(cls) else ""
    name = frame.f_globals.get("__name__")
    return name if type(name) is str else ""


def class_id(cls: type) -> str:
    """Return the id that a test class goes by: its module and qualified name."""
    return f"{statics.module_of(cls)}.{statics.qualified_name(cls)}"


def counted(acquisitions: int, tests: int) -> str:
    """Return in words how much was followed: the begin of the summary."""
    return f"mockleak: {acquisitions:,} patches and replacements in {tests:,} tests"


class Context:
    """Where the session is, as the runner last told. ``phase`` is that of the test, and stays when the test is over."""

    def __init__(self) -> None:
        self.test: RunningTest | None = None
        self.phase = "import"
        self.fixtures: list[_Fixture] = []

    def now(self) -> str:
        """Return the phase, also where no test runs."""
        return self.phase if self.test is not None or self.phase == "import" else "between tests"


_ledgers: weakref.WeakSet[Ledger] = weakref.WeakSet()


def _forked() -> None:
    """Give the ledgers of a child process new locks: another thread may have held one when it was forked."""
    for ledger in list(_ledgers):
        ledger.lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


class Ledger:
    """Keeps what is in force, and as much of what is over as was asked for.

    ``history`` is how many released acquisitions are kept for the timeline; older ones are counted only, so that the
    memory does not grow with the number of tests.
    """

    def __init__(self, history: int = 0) -> None:
        self.lock = threading.RLock()
        _ledgers.add(self)
        self.opened = _now()
        self.active: dict[int, Acquisition] = {}
        self.leaked: dict[int, Acquisition] = {}
        self.history = history
        self.bars: deque[list[Any]] = deque(maxlen=history)
        """Number, place, path, line, test, start and end of those that were released."""
        self.context = Context()
        self.on_release: Callable[[Acquisition], None] | None = None
        self.on_restart: Callable[[Acquisition], None] | None = None
        self._numbers = itertools.count(1)
        self._top: dict[tuple[int, object], Acquisition] = {}

    @property
    def released_count(self) -> int:
        """How many acquisitions were released: all that have a number, without those that are in place."""
        following = repr(self._numbers).removeprefix("count(").removesuffix(")")
        return int(following) - 1 - len(self.active) - len(self.leaked)

    @property
    def acquired_count(self) -> int:
        """How many acquisitions there were, without those that stand and that a plugin made before the tests."""
        standing = [a for a in self.active.values() if a.test is not None or not a.where[0].startswith(LIBRARIES)]
        return self.released_count + len(standing) + len(self.leaked)

    def clock(self) -> float:
        """Return the seconds since the ledger was opened."""
        return _now() - self.opened

    def patched(
        self, target: object, name: str | None, items: dict[Any, Any] | None, original: object, new: object,
        frame: FrameType,
    ) -> Acquisition:  # fmt: skip
        """Note that an attribute was patched, or the items of a mapping; the name is then how the mapping is spelt.

        This is done for every patch, so it does no more than it must.
        """
        code, line, phase, at = who(frame)
        context = self.context
        made = Acquisition()
        made.number = number = next(self._numbers)
        made.test = test = context.test
        if _thread_id() != _main_thread:
            made.thread = _thread_name()
        made.key = key = (id(target), name if items is None else id(items))
        made.raw = (
            target, name, items, original, new, code, line,
            phase or (context.phase if test is not None else context.now()),
            _owner(phase, at) if phase in _WIDE else "", context.fixtures[-1] if context.fixtures else None,
        )  # fmt: skip
        made.started = _now() - self.opened
        # Without the lock: each is one step of the interpreter, and threads that patch one place at once race in mock.
        made.below = self._top.get(key)
        self._top[key] = self.active[number] = made
        return made

    def add(
        self,
        kind: str,
        place: str,
        site: Site | None,
        phase: str | None,
        target: object,
        key: tuple[int, object],
        original: object,
        new: object,
        keys: tuple[object, ...],
        lifetime: tuple[int, str],
    ) -> Acquisition:
        """Note a replacement that was made by hand, and return it. ``phase`` is None where the line does not tell."""
        context = self.context
        made = Acquisition()
        made.kind, made.place, made.shared, made.site = kind, place, True, site
        made.phase = context.fixtures[-1][1] if context.fixtures else phase or context.now()
        made.lifetime, made.owner = lifetime
        made.test, made.key, made.target, made.keys = context.test, key, _reference(target), keys
        made.original, made.new = original, new
        if _thread_id() != _main_thread:
            made.thread = _thread_name()
        with self.lock:
            made.number = next(self._numbers)
            made.started = _now() - self.opened
            made.below = self._top.get(key)
            self._top[key] = self.active[made.number] = made
        return made

    def release(self, acquisition: Acquisition) -> None:
        """Note that an acquisition was undone by its patcher."""
        if acquisition.below is None and not self.history:
            if self.active.pop(acquisition.number, None) is not None:
                acquisition.released = 0.0  # nobody will ask
                if self._top.get(acquisition.key) is acquisition:
                    self._top.pop(acquisition.key, None)
                return
        with self.lock:
            self._close(acquisition)
            below = acquisition.below
            if below is None:
                return
            # What was put back is the mock of a patch that is over: the two were undone in the wrong order.
            if below.released is not None and below.new is acquisition.original:
                if below.new is not acquisition.new and below.in_place():
                    self._revive(below)
            acquisition.below = None

    def _revive(self, below: Acquisition) -> None:
        below.released = None
        below.code = "MLK110"
        self.active[below.number] = below
        self._top[below.key] = below

    def _close(self, acquisition: Acquisition) -> None:
        acquisition.released = released = _now() - self.opened
        number, key = acquisition.number, acquisition.key
        leaked = self.active.pop(number, None) is None
        if leaked and self.leaked.pop(number, None) is None:
            return
        if self._top.get(key) is acquisition:
            below = acquisition.below
            if below is not None and below.released is None:
                self._top[key] = below
            else:
                del self._top[key]
        if leaked and self.on_release is not None:
            self.on_release(acquisition)
        if self.history:
            path, line = acquisition.where
            test = acquisition.test.id if acquisition.test is not None else ""
            self.bars.append([number, acquisition.place, path, line, test, acquisition.started, released])

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
        if top.kind == Kind.PATCH or top.in_place():
            return True
        self.drop(top)
        return False

    def covers_item(self, container: object, value: object) -> bool:
        """Whether a patch of a mapping is in force that put a value there."""
        return any(
            any(each is value for each in acquisition.new.values())
            for acquisition in self._patched_items()
            if acquisition.target() is container and isinstance(acquisition.new, dict)
        )

    def covers_variable(self, name: str) -> bool:
        """Whether a patch of ``os.environ`` is in force that sets a variable."""
        return any(each.target() is _environ and name in each.keys for each in self._patched_items())

    def _patched_items(self) -> list[Acquisition]:
        found = [*self.active.values(), *self.leaked.values()]
        return [acquisition for acquisition in found if acquisition.kind == Kind.PATCH and acquisition.keys]

    def drop(self, acquisition: Acquisition) -> None:
        """Take an acquisition for undone, because the place shows that it is, or for not shared."""
        with self.lock:
            self._close(acquisition)

    def restarted(self, acquisition: Acquisition, again: Acquisition) -> None:
        """Note that a patcher was started while it was in force: no stop can undo the first start any more."""
        acquisition.fill()
        acquisition.code = "MLK106" if acquisition.test is again.test else "MLK108"
        acquisition.site, acquisition.test = again.site, again.test
        acquisition.lifetime, acquisition.owner = again.lifetime, again.owner
        acquisition.new = again.original
        if self.on_restart is not None:
            self.on_restart(acquisition)
