"""Time for the clauses: a clock that only moves when it is told to, and the real one behind the same face."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

START = 1_700_000_000.0
"""Where the hand-moved clock starts: a plausible date, in seconds since 1970, that binary fractions can be added to."""


class Time(Protocol):
    """What a clause needs of time."""

    real: bool

    def clock(self) -> float:
        """Return the time in seconds."""

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""


class RealTime:
    """The time of this machine."""

    real = True

    def __init__(self, guard: Callable[[], None], longest: float = float("inf")) -> None:
        self._guard = guard
        self._longest = longest

    def clock(self) -> float:
        """Return the seconds of the monotonic clock."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than ``longest``: a store that polls looks more often then."""
        self._guard()
        time.sleep(min(seconds, self._longest))


class HandTime:
    """A clock that stands still until somebody sleeps."""

    real = False

    def __init__(self, guard: Callable[[], None]) -> None:
        self._guard = guard
        self._now = START
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def clock(self) -> float:
        """Return the time in seconds."""
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        """Move the clock. The pause lets another thread, which may hold what the sleeper waits for, run."""
        self._guard()
        with self._lock:
            self._now += max(0.0, seconds)
            self.slept.append(seconds)
        time.sleep(0.0002)

    def move(self, seconds: float) -> None:
        """Move the clock without a pause."""
        with self._lock:
            self._now += seconds
