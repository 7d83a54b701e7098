"""Follows what is replaced by hand through a session, and enters it in the ledger."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator

from flake8_mockleak.runtime import late, sources, statics
from flake8_mockleak.runtime.ledger import Acquisition, Kind, Ledger, Lifetime, RunningTest
from flake8_mockleak.runtime.namespaces import Change, Environment, MockClasses, Modules
from flake8_mockleak.runtime.snapshots import Judge, Scan, Watch, holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_mockleak.runtime.origins import Origin
    from flake8_mockleak.runtime.tracing import Tracer

_now = time.perf_counter
_dirname = os.path.dirname
_modules = statics.MODULES
_SCAN_SHARE = 0.002
"""The part of the time that the scans between tests may take. What is changed meanwhile is found by the next."""
_SCANS_FREE = 0.004
"""What they may take in any case, in seconds."""
_FEW_TESTS = 20
"""In a session of no more than these the modules are scanned after each, so that each is told from the others."""
MAX_WINDOW = 1000
"""After how many tests the modules are scanned whatever the time, for those since the last scan are kept."""
_Look = tuple["Watch | None", bool, bool]
"""What to look at after a test: the places of a watch, and whether at all of ``sys.modules`` and the mock classes."""
_ALL: _Look = (None, True, True)
_NOTHING: _Look = (None, False, False)
_BY_PHASE = {"setUpClass": Lifetime.CLASS, "setUpModule": Lifetime.MODULE}


class Replacements:
    """The places that were replaced by hand. Every change becomes an acquisition of the ledger.

    ``root`` is the directory of the project, with a separator at its end.
    """

    def __init__(self, ledger: Ledger, root: str, environment: bool, tracer: Tracer | None) -> None:
        self._ledger = ledger
        self._tracer = tracer
        self.files: set[str] = set()
        """The files of the tests."""
        self._directories: set[str] = set()
        self._looks: dict[str, _Look] = {}
        """What to look at after the tests of a file."""
        self._look = _ALL
        """What to look at after the tests of the file that runs."""
        self.looks = True
        """Whether that is anything."""
        self._judge = Judge(self.files.__contains__)
        self._scan = Scan(self._judge, root)
        self.modules = Modules()
        self.mock_classes = MockClasses()
        self._environment = Environment() if environment else None
        self.window: list[RunningTest] = []
        """The tests that ended since the last scan."""
        self._last = RunningTest("", "", "", "")
        """The last test before those."""
        self._scanned = 0
        """How many there were before those."""
        self._widest = (Lifetime.TEST, "")
        self._are_few = False
        self._spent = self.due = 0.0
        """How long the scans took, and when the time comes for the next, by the clock."""

    def collected(self, paths: list[str], count: int) -> None:
        """Take in the files of so many tests, once they are imported, and what they replaced meanwhile."""
        self._are_few = count <= _FEW_TESTS
        for path in paths:
            self._know(path)
        for path in paths:
            watch = self._look_of(path)[0]
            if watch is not None:
                for change in watch.changes(self._ledger.covers):
                    self._note_import(change, [path])
        for change in self.modules.changes(self._hand_made):
            self._note_import(change, paths)
        for change in self.mock_classes.changes():
            self._note_import(change, paths)
        if self._environment is not None:
            self._environment.changes()  # of the imports; whoever runs the tests may set what they need
        self._scan.take()

    def begin_file(self, path: str) -> None:
        """Tell that the tests of a file begin: what others left in the places that it watches is not its doing."""
        if path not in self.files:
            self._know(path)
        self._look = self._look_of(path)
        self.looks = self._look is not _NOTHING
        watch = self._look[0]
        if watch is not None:
            watch.forget_items()
            if self.window:
                for change in watch.changes(self._ledger.covers):
                    self._note(change, self.window, Lifetime.TEST, self.window[-1].id)

    def look(self, lifetime: int, owner: str, test: RunningTest | None, path: str, thoroughly: bool) -> None:
        """Note what was replaced up to now by the set-up of a fixture, to last as long as that.

        The path is that of its code, or of the file whose tests begin. With ``thoroughly`` the modules are scanned, if
        the time for scans allows.
        """
        if thoroughly:
            self._widest = max(self._widest, (lifetime, owner))
            if _now() >= self.due or len(self.window) >= MAX_WINDOW:
                self.scan(test)
        look = self._look_of(test.path) if test else (None, *self._look_of(path)[1:])
        if look == _NOTHING and len(_modules) == self.modules.count:
            return
        for change in self._changes(look):
            self._note(change, [test] if test else [], lifetime, owner)

    @property
    def tests(self) -> int:
        """How many tests have ended."""
        return self._scanned + len(self.window)

    @property
    def last(self) -> RunningTest:
        """The test that ended last."""
        return self.window[-1] if self.window else self._last

    def look_after(self, test: RunningTest) -> None:
        """Note what a test has replaced in the places that are looked at after each test of its file."""
        for change in self._changes(self._look):
            self._note(change, [test], Lifetime.TEST, test.id)

    def scan(self, running: RunningTest | None = None) -> None:
        """Note what was replaced anywhere since the last time, by the tests that ended or the one that runs."""
        begun = _now()
        window, self.window, self._last = self.window, [], self.last
        self._scanned += len(window)
        lifetime, owner = self._widest
        self._widest = (Lifetime.TEST, "")
        changes = [*self.modules.changes(self._hand_made), *self._scan.changes(), *self.mock_classes.changes()]
        for change in changes:
            self._note(change, [*window, running] if running else window, lifetime, owner)
        if self._tracer is not None:
            self._tracer.clear()
        ended = _now()
        self._spent += ended - begun
        if not self._are_few:
            self.due = self._ledger.opened + (self._spent - _SCANS_FREE) / _SCAN_SHARE

    def _know(self, path: str) -> None:
        self.files.add(path)
        self._directories.add(_dirname(path))

    def _look_of(self, path: str) -> _Look:
        found = self._looks.get(path)
        if found is None:
            if not path:
                return _ALL
            source = sources.read(path)
            self._scan.imports(source.imports.values())
            found = _NOTHING
            if source.attributes or source.containers:
                watch = Watch(source, self._scan, self._judge)
                found = (None if watch.empty else watch, False, False)
            if source.modules or source.mock_classes or self._environment is not None:
                found = (found[0], source.modules, source.mock_classes)
            self._looks[path] = found
        return found

    def _changes(self, look: _Look) -> Iterator[Change]:
        watch, modules, mock_classes = look
        if watch is not None:
            yield from watch.changes(self._ledger.covers)
        yield from self.modules.changes(self._hand_made, modules)
        if mock_classes:
            yield from self.mock_classes.changes()
        if self._environment is not None:
            yield from self._environment.changes()

    def _hand_made(self, before: object, after: object) -> bool:
        """Whether a module was put in ``sys.modules`` by a test that made it, in the place of another."""
        if before is statics.MISSING or not statics.is_module(before):
            return False
        if statics.is_module(after):
            return statics.member(after, "__spec__") is None and statics.member(before, "__spec__") is not None
        return self._judge.from_test(after)

    def _note_import(self, change: Change, paths: Iterable[str]) -> None:
        origins = late.module("origins")
        with late.Calm():
            origin = origins.trace(change, [], paths, self._tracer)
        if origin.site is None and statics.mock_in(change.after) is None:
            return
        path = origin.site.path if origin.site is not None else ""
        lifetime = Lifetime.MODULE if path in self.files else Lifetime.SESSION
        self._enter(change, origin, lifetime, path)

    def _note(self, change: Change, tests: list[RunningTest], lifetime: int, owner: str) -> None:
        """Enter a change that one of those tests made, unless a patch that is in force explains it."""
        if self._covers(change):
            return
        origins = late.module("origins")
        with late.Calm():
            files = origins.helpers(self.files.__contains__, self._directories)
            origin = origins.trace(change, tests, files, self._tracer)
        test = origin.test
        if test is not None and origin.phase is not None:
            lifetime = _BY_PHASE.get(origin.phase, Lifetime.TEST)
            owner = {Lifetime.CLASS: test.cls, Lifetime.MODULE: test.module}.get(lifetime, test.id)
        self._enter(change, origin, lifetime, owner)

    def _covers(self, change: Change) -> bool:
        """Whether a patch that is in force explains a change."""
        if change.kind in (Kind.MODULE_ENTRY, Kind.ITEM) and self._ledger.covers_item(change.owner, change.after):
            return True
        if change.kind == Kind.CONFIGURATION:
            if self._ledger.covers_variable(change.place.partition("[")[2].removesuffix("]")):
                return True
        return self._ledger.covers(change.owner, change.name)

    def _enter(self, change: Change, origin: Origin, lifetime: int, owner: str) -> Acquisition | None:
        if self._covers(change):
            return None
        keys: tuple[object, ...] = ()
        new = change.after
        if change.kind in (Kind.MODULE_ENTRY, Kind.CONFIGURATION):
            keys, new = (change.name,), {change.name: change.after}
        made = self._ledger.add(
            change.kind, change.place, origin.site, origin.phase, change.owner, (id(change.owner), change.name),
            change.before, new, keys, (lifetime, owner),
        )  # fmt: skip
        made.guess = origin.guess
        made.test = origin.test
        if change.kind == Kind.ITEM:
            made.holds = holds
        if origin.test is None:
            made.phase = "import"
        return made
