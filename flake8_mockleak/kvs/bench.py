"""The bench on which one clause is checked: the stores it makes, its time, its keys, and the script of its calls."""

from __future__ import annotations

import contextlib
import functools
import itertools
import random
import string
import threading
from collections.abc import Callable, Iterator
from typing import Any

from flake8_mockleak.kvs.claims import options_of
from flake8_mockleak.kvs.script import Script
from flake8_mockleak.kvs.timing import HandTime, RealTime, Time
from flake8_mockleak.kvs.views import MakeError as MakeError
from flake8_mockleak.kvs.views import View, view_of

Make = Callable[..., Any]


_SHORT = 0.1
"""Seconds of the longest pause between two looks of a store that sleeps by the clock it is given."""


class GaveUp(BaseException):
    """Stops the threads of a clause that has taken too long."""


class Memory:
    """What a suite remembers from clause to clause: the last stores made, to see that each is a fresh one."""

    def __init__(self) -> None:
        self.last: list[object] = []
        self.hung = 0


class Bench:
    """What a clause works with."""

    def __init__(self, make: Make, layer: str, claims: frozenset[str], memory: Memory | None = None) -> None:
        self._make = make
        self._memory = memory or Memory()
        self._made: list[object] = []
        self._exits = contextlib.ExitStack()
        self._serial = itertools.count(1)
        self._given_up = False
        self._farewells: list[Callable[[], Any]] = []
        self.layer = layer
        self.claims = claims
        self.script = Script()
        self.script.guard = self._guard
        self.real_time = RealTime(self._guard, *([_SHORT] if "clock" in claims else []))
        self.time: Time = HandTime(self._guard) if "clock" in claims else self.real_time
        self.prefix = ""
        self.renew_prefix()

    def renew_prefix(self) -> None:
        """Begin with keys that nobody has used: those of a server outlive the clause."""
        self.prefix = "".join(random.SystemRandom().choices(string.ascii_lowercase, k=6)) + "."

    def claimed(self, *claims: str) -> bool:
        """Tell whether all these claims are made."""
        return self.claims.issuperset(claims)

    def key(self, name: str = "key") -> str:
        """Return a key that no other clause uses."""
        return self.prefix + name

    def open(self, *, real_time: bool = False, **options: Any) -> View:
        """Make a fresh store and return the view of it.

        Options that no claim brings are not passed to ``make``. With ``real_time`` a claimed clock is the real one.
        """
        passed = {name: value for name, value in options.items() if name in options_of(self.claims)}
        if self.layer == "store" and "preconfigured" in self.claims:
            passed.setdefault("configured", True)
        raw = self.raw(real_time=real_time, **passed)
        return self.view(raw, options, real_time=real_time)

    def view(self, raw: Any, options: dict[str, Any] | None = None, *, real_time: bool = False) -> View:
        """Return the view of a store that was made; a store that is not configured is, over the probe."""
        time = self.real_time if real_time else self.time
        clock = self._clock(real_time) if "clock" in self.claims else {}
        words = {**(options or {}), **clock, "time": time}
        return view_of(self.layer, raw, self.script, words)

    def untracked(self, **options: Any) -> Any:
        """Make a store that the bench does not hold on to, for what happens when nobody does."""
        if "clock" in self.claims:
            options = {**options, **self._clock(False)}
        return self._make(**options)

    def raw(self, *, real_time: bool = False, **options: Any) -> Any:
        """Make a fresh store and return what ``make`` gave. Raises MakeError."""
        clock = self._clock(real_time)
        if "clock" in self.claims:
            options = {**options, **clock}
            for word, value in clock.items():
                self.script.named(word, value)
        self._guard()
        name = self.script.name("store")
        try:
            made = self.script.call(f"{name} = make", self._make, **options)
        except Exception as error:
            words = ", ".join(f"{key}={self.script.show(value)}" for key, value in options.items())
            raise MakeError(f"make({words}) raised {type(error).__name__}: {error}") from error
        if made is None:
            raise MakeError("make() returned None; it has to return a fresh, empty store")
        if "name" not in options and any(made is other for other in (*self._made, *self._memory.last)):
            raise MakeError(f"make() returned the same object twice, {made!r}; each call has to make a fresh store")
        self.script.named(name, made)
        self._made.append(made)
        return made

    def _clock(self, real_time: bool) -> dict[str, Any]:
        time = self.real_time if real_time else self.time
        return {"clock": time.clock, "sleep": time.sleep}

    def cleanup(self, function: Callable[..., Any], *args: Any) -> None:
        """Call ``function`` when the clause is over, whatever comes of it."""
        self._exits.callback(function, *args)

    def when_given_up(self, function: Callable[..., Any], *args: Any) -> None:
        """Call ``function`` when the clause has taken too long; then nothing in its own thread can be relied upon."""
        self._farewells.append(functools.partial(function, *args))

    @contextlib.contextmanager
    def quietly(self) -> Iterator[None]:
        """Leave calls out of the script: there are too many of them."""
        muted, self.script.muted = self.script.muted, True
        try:
            yield
        finally:
            self.script.muted = muted

    def start(self, function: Callable[..., Any], *args: Any) -> Worker:
        """Run ``function`` in a thread of its own."""
        worker = Worker(function, args, f"thread {next(self._serial)}")
        worker.start()
        return worker

    def give_up(self) -> None:
        """Make every further call of this clause raise GaveUp, and put back what it changed in the process."""
        self._given_up = True
        for function in self._farewells:
            function()

    def close(self) -> None:
        """End what the clause began: locks first, then the stores that can be closed."""
        self.script.muted = True
        with contextlib.suppress(Exception):
            self._exits.close()
        for made in self._made:
            close = getattr(made, "close", None)
            if callable(close):
                with contextlib.suppress(Exception):
                    close()
        self._memory.last = self._made[-3:]

    def _guard(self) -> None:
        if self._given_up:
            raise GaveUp


class Worker(threading.Thread):
    """A thread that keeps what came of it."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._function = function
        self._arguments = args
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self) -> None:
        """Call the function."""
        try:
            self._result = self._function(*self._arguments)
        except BaseException as error:  # it is raised where it is waited for
            self._error = error

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.is_alive()

    def result(self, timeout: float = 30) -> Any:
        """Wait, and return what the function returned or raise what it raised. AssertionError when it hangs."""
        self.join(timeout)
        if self.is_alive():
            raise AssertionError(f"{self.name} is still waiting after {timeout} s")
        if self._error is not None:
            raise self._error
        return self._result
