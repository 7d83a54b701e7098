"""The leaks of a session, and who met them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flake8_mockleak.runtime import codes
from flake8_mockleak.runtime.leaks import MAX_NAMES, Leak
from flake8_mockleak.runtime.ledger import Acquisition, Kind, Ledger, Lifetime, RunningTest
from flake8_mockleak.runtime.victims import Fingerprint, Touch, fingerprint

_MAX_CONFIGURATIONS = 200


@dataclass(eq=False)
class _Live:
    """A leak that is in place, and the state of its mock when it was last looked at."""

    acquisition: Acquisition
    leak: Leak
    state: Fingerprint | None


class Register:
    """Keeps the leaks, in place and over. ``relative`` gives a path relative to the directory of the session."""

    def __init__(self, ledger: Ledger, relative: Callable[[str], str]) -> None:
        self._ledger = ledger
        self._relative = relative
        self._leaks: dict[tuple[str, str, str, int], Leak] = {}
        self._live: dict[tuple[int, object], list[_Live]] = {}
        self._by_number: dict[int, _Live] = {}
        ledger.on_release = self._released
        ledger.on_restart = self._restarted

    @property
    def leaks(self) -> list[Leak]:
        """All leaks up to now."""
        return list(self._leaks.values())

    def add(self, acquisition: Acquisition, after: str, failed: bool) -> list[Leak]:
        """Enter what is in place after its lifetime. Returns the leak, and nothing if it turns out to be none."""
        if not acquisition.shared:
            if acquisition.target() is None:
                self._ledger.drop(acquisition)
            return []  # decided when the module ends
        if not acquisition.in_place():
            self._ledger.drop(acquisition)
            return []
        self._ledger.leak(acquisition)
        test = acquisition.test
        path, line = acquisition.where
        leak = Leak(
            code=codes.code_of(acquisition, failed, path),
            kind=acquisition.kind,
            place=acquisition.place,
            path=self._relative(path),
            line=line,
            phase=acquisition.phase,
            lifetime=Lifetime.NAMES[acquisition.lifetime],
            after=after,
            test=test.id if test else "",
            guess=acquisition.guess,
            started=acquisition.started,
            thread=acquisition.thread or "",
        )
        known = self._leaks.get(leak.key)
        if known is None:
            self._leaks[leak.key] = known = leak
        else:
            known.occurrences += 1
            known.ended = None
        live = _Live(acquisition, known, fingerprint(acquisition.new))
        self._live.setdefault(acquisition.key, []).append(live)
        self._by_number[acquisition.number] = live
        return [known]

    def met_by(self, test: RunningTest) -> None:
        """Note that a test has run with what is in place, and what it touched of it."""
        for stack in list(self._live.values()):
            live = stack[-1]
            if live.acquisition.kind != Kind.PATCH and not live.acquisition.in_place():
                if self._touch(live, update=False) is not None:
                    self._meet(live, test)  # else it may have been put right before the test began
                self._ledger.drop(live.acquisition)
                continue
            self._meet(live, test)

    def _meet(self, live: _Live, test: RunningTest) -> None:
        leak = live.leak
        leak.ran += 1
        if len(leak.ran_first) < MAX_NAMES:
            leak.ran_first.append(test.id)
        touch = self._touch(live, update=True)
        if touch is not None:
            leak.touch(test.id, *touch)

    def touched(self) -> list[tuple[Leak, Touch]]:
        """Return the leaks that were touched since the end of the last test, and how."""
        found = []
        for stack in self._live.values():
            live = stack[-1]
            touch = self._touch(live, update=False)
            if touch is not None:
                found.append((live.leak, touch))
        return found

    def _touch(self, live: _Live, update: bool) -> Touch | None:
        before = live.state
        if before is None:
            return None
        if len(self._live) > _MAX_CONFIGURATIONS and not before.may_have_been_called(live.acquisition.new):
            return None
        if before.is_untouched(live.acquisition.new):
            return None
        now = fingerprint(live.acquisition.new)
        if now is None:
            return None
        if update:
            live.state = now
        return now.since(before)

    def _released(self, acquisition: Acquisition) -> None:
        live = self._by_number.pop(acquisition.number, None)
        if live is None:
            return
        leak = live.leak
        leak.ended = acquisition.released
        test = self._ledger.context.test
        if test is not None and acquisition.kind == Kind.PATCH:
            self._meet(live, test)  # it was in place when the test began
        leak.released_in = test.id if test else "a tear-down between tests"
        if acquisition.kind == Kind.PATCH:
            self._rename(leak, "MLK108")
        stack = self._live[acquisition.key]
        stack.remove(live)
        if not stack:
            del self._live[acquisition.key]

    def _restarted(self, acquisition: Acquisition) -> None:
        live = self._by_number.get(acquisition.number)
        if live is not None and acquisition.code is not None:
            self._rename(live.leak, acquisition.code)

    def _rename(self, leak: Leak, code: str) -> None:
        if leak.code in ("MLK101", "MLK102", "MLK103"):
            self._leaks.pop(leak.key, None)
            leak.code = code
            known = self._leaks.setdefault(leak.key, leak)
            if known is not leak:
                known.take(leak)
