"""The detector: follows a test session, decides what is a leak and when, and who its victims are."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from flake8_mockleak.runtime import codes, places, sources, statics
from flake8_mockleak.runtime.frames import LIBRARIES, Site
from flake8_mockleak.runtime.leaks import MAX_NAMES, Leak, Result
from flake8_mockleak.runtime.ledger import Acquisition, Kind, Ledger, Lifetime, RunningTest
from flake8_mockleak.runtime.patches import Instrumentation, mock_libraries
from flake8_mockleak.runtime.snapshots import Change, Environment, Judge, MockClasses, Modules, Scan, Watch, holds
from flake8_mockleak.runtime.victims import Fingerprint, Touch, fingerprint

_now = time.perf_counter
_SCAN_SHARE = 0.005
"""The part of the time that the scans between tests may take. What is changed meanwhile is found by the next."""
_MAX_CONFIGURATIONS = 200


@dataclass(frozen=True)
class Settings:
    """``history`` is how many released patches are kept for the timeline. ``environment`` also looks at ``os.environ``.

    ``root`` is the directory that the paths of a report are relative to.
    """

    history: int = 0
    environment: bool = False
    root: str = ""


@dataclass(eq=False)
class _Live:
    """A leak that is in place."""

    acquisition: Acquisition
    leak: Leak
    state: Fingerprint | None


class Detector:
    """Follows one session in one process. A runner tells it where the session is; it returns what leaked."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._root = (self.settings.root or os.getcwd()) + os.sep
        self.ledger = Ledger(self.settings.history)
        self.ledger.on_release = self._released
        self.ledger.on_restart = self._restarted
        self.instrumentation = Instrumentation(self.ledger)
        self.tests = 0
        self._files: set[str] = set()
        self._watches: dict[str, Watch | None] = {}
        self._sources: dict[str, sources.Source] = {}
        judge = self._judge = Judge(self._files.__contains__)
        self._scan = Scan(judge, self._root)
        self._mock_classes = MockClasses()
        self._leaks: dict[tuple[str, str, str, int], Leak] = {}
        self._live: dict[tuple[int, object], list[_Live]] = {}
        self._by_number: dict[int, _Live] = {}
        self._test: RunningTest | None = None
        self._previous: RunningTest | None = None
        self._failed = False
        self._window: list[RunningTest] = []
        self._widest = (Lifetime.TEST, "")
        self._spent = 0.0
        self._notes: list[str] = []

    # The session.

    def start(self) -> None:
        """Instrument the mock libraries. Before any test is imported."""
        self.instrumentation.install()
        self._modules = Modules()
        self._mock_classes.take(mock_libraries())
        self._environment = Environment() if self.settings.environment else None

    def stop(self) -> None:
        """Put the mock libraries back as they were."""
        self.instrumentation.uninstall()

    def collected(self, paths: Iterable[str]) -> None:
        """Tell the files of the tests, once they are imported; what they replaced meanwhile is noted."""
        paths = list(dict.fromkeys(paths))
        self._files.update(paths)
        for path in paths:
            watch = self._watch(path)
            if watch is not None:
                for change in watch.changes():
                    self._note(change, None, Lifetime.MODULE, path, path)
        for change in self._modules.changes(self._hand_made):
            path, line = self._find_line(paths, change)
            if line or self._is_mock(change):
                self._note(change, None, Lifetime.MODULE if line else Lifetime.SESSION, path, path)
        for change in self._mock_classes.changes():
            path, line = self._find_line(paths, change)
            self._note(change, None, Lifetime.MODULE if line else Lifetime.SESSION, path, path)
        self._mock_classes.take(mock_libraries())
        if self._environment is not None:
            self._environment.changes()  # of the imports; whoever runs the tests may set what they need
        self._scan.take()

    def begin_test(self, test: RunningTest) -> list[Leak]:
        """Tell that a test begins, before its set-up. Returns what is left after the class and the module before."""
        leaks = self._end_scopes(self._previous, test)
        if test.path not in self._files:
            self._files.add(test.path)
        if self._previous is None or self._previous.path != test.path:
            watch = self._watch(test.path)
            if watch is not None:
                watch.forget_items()
        leaks += self._foreign(test)
        self._test = self.ledger.context.test = test
        self.ledger.context.phase = "setUp"
        self._failed = False
        return leaks

    def phase(self, name: str) -> None:
        """Tell the phase: ``setUp``, ``test`` or ``tearDown``."""
        self.ledger.context.phase = name

    def failed(self) -> None:
        """Tell that the test that runs has failed."""
        self._failed = True

    def scope_begins(self, lifetime: Lifetime, owner: str) -> None:
        """Tell that the set-up of a fixture begins that outlives the test."""
        names = {Lifetime.CLASS: "setUpClass", Lifetime.MODULE: "setUpModule", Lifetime.SESSION: "session"}
        self.ledger.context.fixtures.append((lifetime, names[lifetime], owner))

    def scope_is_set_up(self, path: str) -> None:
        """Tell that this set-up is done: what it replaced by hand is to last as long. The path is that of its code."""
        lifetime, _, owner = self.ledger.context.fixtures.pop()
        self.look(lifetime, owner, path)

    def look(self, lifetime: Lifetime, owner: str, path: str) -> None:
        """Note what was replaced by hand up to now, as of that lifetime. The path is that of the code that ran."""
        test = self._test
        if not path.startswith(LIBRARIES):
            # Until the next scan, what a scan finds may be meant to last as long.
            self._widest = max(self._widest, (lifetime, owner))
            if self._may_scan():
                self._scan_all()
        for change in self._cheap_changes(test.path if test else ""):
            self._note(change, test, lifetime, owner, test.path if test else "")

    def end_test(self, following: RunningTest | None = None, last_known: bool = False) -> list[Leak]:
        """Tell that the test ended, after its tear-down. Returns the new leaks.

        With ``last_known`` the test that follows is known, None for none, and what its class and module leave behind
        is returned too.
        """
        test = self._test
        if test is None:
            return []
        self.tests += 1
        self._window.append(test)
        self._victims(test)
        for change in self._cheap_changes(test.path):
            self._note(change, test, Lifetime.TEST, test.id, test.path)
        if self._may_scan() or len(self._window) >= 1000:
            self._scan_all()
        leaks = []
        if self.ledger.active:
            for acquisition in list(self.ledger.active.values()):
                if acquisition.lifetime is Lifetime.TEST:
                    leaks += self._leak(acquisition, test.id)
        context = self.ledger.context
        self._test = context.test = None
        context.phase = "between tests"
        self._previous = test
        if last_known:
            leaks += self._end_scopes(test, following)
            self._previous = following and test
        return leaks

    def finish(self) -> list[Leak]:
        """Tell that the session is over. Returns what is in place after it."""
        if self._test is not None:
            self.end_test()
        self._scan_all()
        leaks = self._end_scopes(self._previous, None)
        for acquisition in list(self.ledger.active.values()):
            if acquisition.lifetime is Lifetime.TEST:
                leaks += self._leak(acquisition, "its test")
            elif not (acquisition.phase == "import" and self._is_set_up_file(acquisition)):
                leaks += self._leak(acquisition, "the session")
        return leaks

    def result(self, worker: str = "") -> Result:
        """Return everything found up to now."""
        ledger = self.ledger
        if self.instrumentation.failures:
            first = self.instrumentation.first_failure
            self._notes.append(f"{self.instrumentation.failures} patches were not recorded ({first})")
        bars = [
            [n, place, self._relative(path), line, test, start, end]
            for n, place, path, line, test, start, end in ledger.bars
        ]
        leaks = list(self._leaks.values())
        for leak in leaks:
            leak.worker = worker
        return Result(
            tests=self.tests,
            acquisitions=ledger.acquired_count,
            released=ledger.released_count,
            seconds=ledger.clock(),
            leaks=leaks,
            bars=bars,
            bars_dropped=max(0, ledger.released_count - len(bars)) if self.settings.history else 0,
            notes=list(self._notes),
            workers=[worker] if worker else [],
        )

    def trouble(self, error: Exception) -> None:
        """Note an error of the detector's own: the report tells of it, and the tests go on."""
        note = f"an error of the detector itself, {type(error).__name__}: some leaks may be missing"
        if note not in self._notes:
            self._notes.append(note)

    def touched(self) -> list[tuple[Leak, Touch]]:
        """Return the leaks that the test which runs has touched up to now."""
        found = []
        for stack in self._live.values():
            live = stack[-1]
            touch = self._touch(live, update=False)
            if touch is not None:
                found.append((live.leak, touch))
        return found

    # Scopes.

    def _end_scopes(self, ended: RunningTest | None, following: RunningTest | None) -> list[Leak]:
        if ended is None:
            return []
        class_over = following is None or following.cls != ended.cls
        module_over = following is None or following.module != ended.module
        if not class_over and not module_over:
            return []
        leaks: list[Leak] = []
        if not self.ledger.active:
            return leaks
        for acquisition in list(self.ledger.active.values()):
            owner = acquisition.owner
            if acquisition.lifetime is Lifetime.CLASS and class_over and owner in (ended.cls, ""):
                leaks += self._leak(acquisition, f"class {_last(ended.cls)}")
            elif acquisition.lifetime is Lifetime.MODULE and module_over and owner in (ended.module, ended.path, ""):
                leaks += self._leak(acquisition, f"module {_last(ended.module)}")
        if module_over:
            leaks += self._private()
        return leaks

    def _foreign(self, test: RunningTest) -> list[Leak]:
        """What a test module patched while it was imported is a leak when a test of another module begins."""
        if not self.ledger.active:
            return []
        leaks = []
        for acquisition in list(self.ledger.active.values()):
            if (
                acquisition.phase == "import"
                and acquisition.lifetime is Lifetime.MODULE
                and acquisition.owner != test.path
            ):
                if acquisition.owner in self._files and not self._is_set_up_file(acquisition):
                    leaks += self._leak(acquisition, "its import")
        return leaks

    def _is_set_up_file(self, acquisition: Acquisition) -> bool:
        """Whether it was patched on purpose for the whole session: in a ``conftest.py`` or a module without tests."""
        path = acquisition.owner or (acquisition.site.path if acquisition.site else "")
        return os.path.basename(path) == "conftest.py" or path not in self._files

    def _private(self) -> list[Leak]:
        """Decide about patches of objects that are neither modules nor classes: those that are shared leak."""
        waiting = [acquisition for acquisition in self.ledger.active.values() if not acquisition.shared]
        targets = {acquisition.number: acquisition.target() for acquisition in waiting}
        if not waiting:
            return []
        names = places.find(target for target in targets.values() if target is not None)
        leaks: list[Leak] = []
        for acquisition in waiting:
            name = names.get(id(targets[acquisition.number]))
            if targets[acquisition.number] is None or name is None:
                if acquisition.lifetime is not Lifetime.SESSION:
                    self.ledger.drop(acquisition)
                continue
            acquisition.shared = True
            tail = acquisition.place.partition("()")[2]
            acquisition.place = f"{name}{tail}"
            if acquisition.lifetime is not Lifetime.SESSION:
                leaks += self._leak(acquisition, acquisition.test.id if acquisition.test else "its module")
        return leaks

    def _leak(self, acquisition: Acquisition, after: str) -> list[Leak]:
        if not acquisition.shared:
            if acquisition.target() is None:
                self.ledger.drop(acquisition)
            return []  # decided when the module ends
        if not acquisition.in_place():
            self.ledger.drop(acquisition)
            return []
        self.ledger.leak(acquisition)
        site = acquisition.site
        path = site.path if site else acquisition.test.path if acquisition.test else ""
        leak = Leak(
            code=codes.code_of(acquisition, self._failed, sources.lines_of(path) if path else ()),
            kind=acquisition.kind.value,
            place=acquisition.place,
            path=self._relative(path),
            line=site.line if site else 1,
            phase=acquisition.phase,
            lifetime=acquisition.lifetime.name.lower(),
            after=after,
            test=acquisition.test.id if acquisition.test else "",
            exact=acquisition.certain,
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

    def _released(self, acquisition: Acquisition) -> None:
        live = self._by_number.pop(acquisition.number, None)
        if live is None:
            return
        leak = live.leak
        leak.ended = acquisition.released
        test = self.ledger.context.test
        leak.released_in = test.id if test else "a tear-down between tests"
        if acquisition.kind is Kind.PATCH:
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

    # Victims.

    def _victims(self, test: RunningTest) -> None:
        for stack in list(self._live.values()):
            live = stack[-1]
            if live.acquisition.kind is not Kind.PATCH and not live.acquisition.in_place():
                self.ledger.drop(live.acquisition)
                continue
            leak = live.leak
            leak.ran += 1
            if len(leak.ran_first) < MAX_NAMES:
                leak.ran_first.append(test.id)
            touch = self._touch(live, update=True)
            if touch is not None:
                leak.touch(test.id, *touch)

    def _touch(self, live: _Live, update: bool) -> Touch | None:
        before = live.state
        if before is None:
            return None
        if len(self._live) > _MAX_CONFIGURATIONS and not before.may_have_been_called(live.acquisition.new):
            return None
        now = fingerprint(live.acquisition.new)
        if now is None:
            return None
        if update:
            live.state = now
        return now.since(before)

    # Replacements by hand.

    def _watch(self, path: str) -> Watch | None:
        if path not in self._watches:
            source = self._sources[path] = sources.read(path)
            self._scan.imports(source.imports.values())
            watch = Watch(source, self._scan, self._judge)
            self._watches[path] = None if watch.empty else watch
        return self._watches[path]

    def _cheap_changes(self, path: str) -> list[Change]:
        watch = self._watch(path) if path else None
        changes = list(watch.changes()) if watch is not None else []
        source = self._sources.get(path)
        changes += self._modules.changes(self._hand_made, source is None or source.modules)
        changes += self._mock_classes.changes()
        if self._environment is not None:
            changes += self._environment.changes()
        return changes

    def _hand_made(self, before: object, after: object) -> bool:
        """Whether a module was put in ``sys.modules`` by a test that made it, in the place of another."""
        if before is statics.MISSING or not statics.is_module(before):
            return False
        if statics.is_module(after):
            return statics.member(after, "__spec__") is None and statics.member(before, "__spec__") is not None
        return self._judge.from_test(after)

    def _may_scan(self) -> bool:
        return self._spent <= _SCAN_SHARE * self.ledger.clock()

    def _scan_all(self) -> None:
        begun = _now()
        window, self._window = self._window, []
        lifetime, owner = self._widest
        self._widest = (Lifetime.TEST, "")
        for change in self._scan.changes():
            test = self._who(change, window) or self._test
            exact = len(window) == 1
            if lifetime is Lifetime.TEST:
                self._note(change, test, lifetime, test.id if test else "", test.path if test else "", exact)
            else:
                self._note(change, test, lifetime, owner, test.path if test else "", exact)
        self._spent += _now() - begun

    def _who(self, change: Change, window: list[RunningTest]) -> RunningTest | None:
        """Return the test that made a change, as far as the texts of the tests tell."""
        if len(window) > 1:
            for test in window:
                if _line_in(test.path, change, *test.lines):
                    return test
            for test in window:
                if _line_in(test.path, change, 0, 0):
                    return test
        return window[-1] if window else None

    @staticmethod
    def _is_mock(change: Change) -> bool:
        return statics.mock_in(change.after) is not None

    def _find_line(self, paths: Iterable[str], change: Change) -> tuple[str, int]:
        for path in paths:
            source = self._sources.get(path)
            line = (source.line_of(change.place) if source else None) or _line_in(path, change, 0, 0)
            if line:
                return path, line
        return "", 0

    def _note(
        self, change: Change, test: RunningTest | None, lifetime: Lifetime, owner: str, path: str, exact: bool = True
    ) -> None:
        """Enter a replacement by hand in the ledger, unless a patch that is in force explains it."""
        if self.ledger.covers(change.owner, change.name):
            return
        if any(change.after is live.acquisition.new for stack in self._live.values() for live in stack[-1:]) and (
            change.kind is not Kind.ITEM
        ):
            if any(live.acquisition.place == change.place for stack in self._live.values() for live in stack):
                return
        site = None
        if path:
            source = self._sources.get(path)
            line = source.line_of(change.place, *(test.lines if test else (0, 0))) if source else None
            if line is None or change.place.endswith("]"):
                line = _line_in(path, change, *(test.lines if test else (0, 0))) or line
            if line is None and test is not None:
                exact = False
            site = Site(path, line or (test.lines[0] if test else 0) or 1, "")
        kind = change.kind
        self._add(kind, change, site, test, lifetime, owner, exact)

    def _add(
        self,
        kind: Kind,
        change: Change,
        site: Site | None,
        test: RunningTest | None,
        lifetime: Lifetime,
        owner: str,
        exact: bool,
    ) -> None:
        key = (id(change.owner), change.name)
        keys: tuple[object, ...] = ()
        new = change.after
        if kind in (Kind.MODULE_ENTRY, Kind.CONFIGURATION):
            keys, new = (change.name,), {change.name: change.after}
        made = self.ledger.add(
            kind, change.place, True, site, (None, ""), change.owner, key, change.before, new, keys, (lifetime, owner)
        )
        made.certain = exact
        made.test = test
        if kind is Kind.ITEM:
            made.holds = holds
        if test is None:
            made.phase = "import"

    def _relative(self, path: str) -> str:
        return path[len(self._root) :] if path.startswith(self._root) else path


def _line_in(path: str, change: Change, first: int, last: int) -> int | None:
    """Return the line of a file, between two lines if they are given, that seems to make a change; None for none."""
    name = change.name
    if type(name) is not str:
        return None
    quoted = re.escape(name)
    assigned = rf"(?:\.{quoted}|\[['\"]{quoted}['\"]\])\s*(?:,[^=]*)?=(?!=)"
    lines = sources.lines_of(path)
    for pattern in (assigned, rf"['\"]{quoted}['\"]\s*[\],:]"):
        for ranged in (lines[first - 1 : last], lines) if first else (lines,):
            for number, line in enumerate(ranged, first if ranged is not lines else 1):
                if re.search(pattern, line) and not line.lstrip().startswith(("#", "assert")):
                    return number
    return None


def _last(owner: str) -> str:
    """The part of a class's or a module's id that a reader needs."""
    return owner if owner.endswith(".py") else owner.rpartition("::")[2].rpartition(".")[2]
