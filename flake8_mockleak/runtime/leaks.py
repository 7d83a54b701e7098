"""What a session found, as plain data: it is merged from several processes and written into every report."""

from __future__ import annotations

from builtins import len, max, sorted, zip  # as they are now: a test may leave others
from collections.abc import Iterable, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SCHEMA_VERSION = 1
MAX_NAMES = 50
"""How many tests a leak names; the rest are counted."""


class Leak:
    """A place that was still replaced after its lifetime, with everyone it met.

    Leaks of the same code, place and line are one, with ``occurrences``. ``path`` is relative to the directory of the
    session, where it lies below; lines count from 1; times are seconds since the start of the process. ``guess`` names
    what is not certain of a replacement by hand: ``line``, ``test``, ``line and test``, or nothing.
    """

    code: str
    kind: str
    place: str
    path: str
    line: int
    phase: str
    lifetime: str
    after: str
    test: str = ""
    guess: str = ""
    occurrences: int = 1
    started: float = 0.0
    ended: float | None = None
    released_in: str = ""
    ran: int = 0
    ran_first: list[str]
    touched: dict[str, list[int]]
    touched_count: int = 0
    allowed: str = ""
    worker: str = ""
    thread: str = ""

    def __init__(self, *values: Any, **named: Any) -> None:
        self.ran_first = []
        self.touched = {}
        vars(self).update(zip(type(self).__annotations__, values), **named)

    def to_dict(self) -> dict[str, Any]:
        """Return it in terms of JSON."""
        return {name: getattr(self, name) for name in type(self).__annotations__}

    def copy(self) -> Leak:
        """Return another that holds the same."""
        return Leak(**{**vars(self), "touched": dict(self.touched), "ran_first": list(self.ran_first)})

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What makes two leaks the same."""
        return self.code, self.place, self.path, self.line

    def touch(self, test: str, calls: int, configured: bool) -> None:
        """Note that a test called or configured the mock."""
        known = self.touched.get(test)
        if known is not None:
            known[0] += calls
            known[1] = int(known[1] or configured)
            return
        self.touched_count += 1
        if len(self.touched) < MAX_NAMES:
            self.touched[test] = [calls, int(configured)]

    def take(self, other: Leak) -> None:
        """Add the occurrences and the victims of the same leak in another process."""
        self.occurrences += other.occurrences
        self.ran += other.ran
        self.ran_first = [*self.ran_first, *other.ran_first][:MAX_NAMES]
        extra = other.touched_count - len(other.touched)
        for test, (calls, configured) in other.touched.items():
            self.touch(test, calls, bool(configured))
        self.touched_count += extra
        if other.worker and other.worker not in self.worker.split(", "):
            self.worker = f"{self.worker}, {other.worker}" if self.worker else other.worker
        self.allowed = self.allowed and other.allowed


class Result:
    """What one session, or one process of it, found. ``bars`` are number, place, path, line, test, start and end."""

    tests: int = 0
    acquisitions: int = 0
    released: int = 0
    seconds: float = 0.0
    leaks: list[Leak]
    bars: list[list[Any]]
    bars_dropped: int = 0
    notes: list[str]
    workers: list[str]

    def __init__(self, **values: Any) -> None:
        self.leaks, self.bars, self.notes, self.workers = [], [], [], []
        vars(self).update(values)

    @property
    def reported(self) -> list[Leak]:
        """The leaks that nobody allowed, in the order of file and line."""
        return sorted(
            (leak for leak in self.leaks if not leak.allowed), key=lambda leak: (leak.path, leak.line, leak.code)
        )

    @property
    def allowed(self) -> list[Leak]:
        """The leaks that a marker allows."""
        return [leak for leak in self.leaks if leak.allowed]

    def to_dict(self) -> dict[str, Any]:
        """Return it in terms of JSON."""
        values = {name: getattr(self, name) for name in type(self).__annotations__}
        return {**values, "leaks": [leak.to_dict() for leak in self.leaks]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Result:
        """Return the result that ``to_dict`` wrote."""
        values = dict(data)
        values["leaks"] = [Leak(**leak) for leak in values.get("leaks", [])]
        return cls(**values)


def merge(results: Iterable[Result]) -> Result:
    """Return the results of several processes as one. A leak that several saw is one leak."""
    merged = Result()
    leaks: dict[tuple[str, str, str, int], Leak] = {}
    for result in results:
        merged.tests += result.tests
        merged.acquisitions += result.acquisitions
        merged.released += result.released
        merged.seconds = max(merged.seconds, result.seconds)
        merged.bars += result.bars
        merged.bars_dropped += result.bars_dropped
        merged.workers += result.workers
        merged.notes += [note for note in result.notes if note not in merged.notes]
        for leak in result.leaks:
            known = leaks.get(leak.key)
            if known is None:
                leaks[leak.key] = leak.copy()
            else:
                known.take(leak)
    merged.leaks = list(leaks.values())
    return merged
