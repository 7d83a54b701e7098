"""The detector: follows a test session, and decides what is a leak and when."""

from __future__ import annotations

import os
import time
from builtins import len  # as it is now: a test may leave another
from collections.abc import Iterable

from flake8_mockleak.runtime import late, statics
from flake8_mockleak.runtime.frames import LIBRARIES
from flake8_mockleak.runtime.handmade import MAX_WINDOW, Replacements
from flake8_mockleak.runtime.ledger import Acquisition, Home, Ledger, Lifetime, RunningTest, counted
from flake8_mockleak.runtime.patches import Instrumentation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_mockleak.runtime.leaks import Leak, Result
    from flake8_mockleak.runtime.register import Register
    from flake8_mockleak.runtime.tracing import Tracer
    from flake8_mockleak.runtime.victims import Touch

_basename = os.path.basename
_now = time.perf_counter
_modules = statics.MODULES
_TEST = Lifetime.TEST
_SCOPES = {Lifetime.CLASS: "setUpClass", Lifetime.MODULE: "setUpModule", Lifetime.SESSION: "session"}


class Settings:
    """``history`` is how many released patches are kept for the timeline. ``environment`` also looks at ``os.environ``.

    ``trace`` follows the lines that assign, which needs Python 3.12. ``root`` is the directory that the paths of a
    report are relative to.
    """

    def __init__(self, history: int = 0, environment: bool = False, trace: bool = False, root: str = "") -> None:
        self.history, self.environment, self.trace, self.root = history, environment, trace, root


class Detector:
    """Follows one session in one process. A runner tells it where the session is; it returns what leaked."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._root = (self.settings.root or os.getcwd()) + os.sep
        self.ledger = Ledger(self.settings.history)
        self._context = self.ledger.context
        self.register: Register | None = None  # there is one once something leaks
        self.instrumentation = Instrumentation(self.ledger)
        self.tracer: Tracer | None = late.module("tracing").Tracer(self.ledger) if self.settings.trace else None
        self.replacements = Replacements(self.ledger, self._root, self.settings.environment, self.tracer)
        self.instrumentation.on_library = self.replacements.mock_classes.add
        self._active = self.ledger.active
        self._home: Home | None = None
        """That of the last test."""
        self._failed: RunningTest | None = None
        """The test that failed last, or that ended before what failed."""
        self._notes: list[str] = []

    # The session.

    def start(self) -> None:
        """Instrument the mock libraries. Before any test is imported."""
        late.remember()
        self.instrumentation.install()
        if self.tracer is not None and not self.tracer.start():
            self._notes.append("other tools have taken sys.monitoring: nothing was traced")

    def stop(self) -> None:
        """Put the mock libraries back as they were."""
        self.instrumentation.uninstall()
        if self.tracer is not None:
            self.tracer.stop()

    def collected(self, paths: Iterable[str], count: int) -> None:
        """Tell the files of so many tests, once they are imported; what they replaced meanwhile is noted."""
        late.keep()
        self.replacements.collected(list(dict.fromkeys(paths)), count)

    # Nearly all tests are of the class of the one before and leave nothing. For those the two functions below, and what
    # they call, do as little as they can: under unittest a test may take no longer than a few dozen lines of Python.

    def begin_test(self, test: RunningTest, phase: str = "setUp") -> list[Leak]:
        """Tell that a test begins, before its set-up. Returns what is left after the class and the module before."""
        leaks = self._elsewhere(test) if test.home is not self._home else []
        context = self._context
        context.test = test
        context.phase = phase
        return leaks

    def end_test(self, following: RunningTest | None = None, last_known: bool = False) -> list[Leak]:
        """Tell that the test ended, after its tear-down. Returns the new leaks.

        With ``last_known`` the test that follows is known, None for none, and what its class and module leave behind
        is returned too.
        """
        context = self._context
        test = context.test
        if test is None:
            return []
        if self.register is not None:
            self.register.met_by(test)
        replacements = self.replacements
        replacements.window.append(test)
        if replacements.looks or len(_modules) != replacements.modules.count:
            replacements.look_after(test)
        if _now() >= replacements.due or len(replacements.window) >= MAX_WINDOW:
            replacements.scan()
        leaks = self._left_by(test) if self._active else []
        context.test = None
        if last_known:
            if self._active:
                leaks += self._end_scopes(test.home, following)
            self._home = test.home if following is not None else None
        return leaks

    def _elsewhere(self, test: RunningTest) -> list[Leak]:
        """Tell that a test begins which is of another class, module or file than the one before."""
        before, home = self._home, test.home
        leaks = self._end_scopes(before, test)
        if before is None or before[2] != test.path:
            self.replacements.begin_file(test.path)
        self._home = home
        return leaks + self._foreign(test)

    def _left_by(self, test: RunningTest) -> list[Leak]:
        leaks: list[Leak] = []
        for acquisition in [each for each in list(self._active.values()) if each.lifetime == _TEST]:
            leaks += self._leak(acquisition, acquisition.test.id if acquisition.test else test.id)
        return leaks

    def phase(self, name: str) -> None:
        """Tell the phase: ``setUp``, ``test`` or ``tearDown``."""
        self._context.phase = name

    def failed(self) -> None:
        """Tell that the test that runs has failed, or what was torn down after it."""
        self._failed = self._context.test or self.replacements.last

    def scope_begins(self, lifetime: int, owner: str) -> None:
        """Tell that the set-up of a fixture begins that outlives the test."""
        self._context.fixtures.append((lifetime, _SCOPES[lifetime], owner))

    def scope_is_set_up(self, path: str) -> None:
        """Tell that this set-up is done: what it replaced by hand is to last as long. The path is that of its code."""
        lifetime, _, owner = self._context.fixtures.pop()
        self.look(lifetime, owner, path)

    def look(self, lifetime: int, owner: str, path: str) -> None:
        """Note what was replaced by hand up to now, as of that lifetime. The path is that of the code that ran."""
        self.replacements.look(lifetime, owner, self._context.test, path, not path.startswith(LIBRARIES))

    def finish(self) -> list[Leak]:
        """Tell that the session is over. Returns what is in place after it."""
        if self._context.test is not None:
            self.end_test()
        self.replacements.scan()
        leaks = self._end_scopes(self._home, None)
        for acquisition in list(self._active.values()):
            if acquisition.lifetime == Lifetime.TEST:
                leaks += self._leak(acquisition, acquisition.test.id if acquisition.test else "its test")
            elif not (acquisition.phase == "import" and self._is_set_up_file(acquisition)):
                leaks += self._leak(acquisition, "the session")
        return leaks

    def end(self) -> list[Leak]:
        """As ``finish``; an error of the detector's own is noted."""
        try:
            return self.finish()
        except Exception as error:
            self.trouble(error)
            return []

    @property
    def nothing(self) -> str:
        """The summary if there is nothing to tell, which needs no report; else an empty one."""
        if self.register is not None or self._notes or self.instrumentation.failures:
            return ""
        return f"{counted(self.ledger.acquired_count, self.replacements.tests)}, nothing leaked"

    def result(self, worker: str = "") -> Result:
        """Return everything found up to now."""
        with late.Calm():
            return self._result(worker)

    def _result(self, worker: str) -> Result:
        ledger = self.ledger
        leaks = self.register.leaks if self.register is not None else []
        if self.instrumentation.failures:
            first = self.instrumentation.first_failure
            self._notes.append(f"{self.instrumentation.failures} patches were not recorded ({first})")
        bars = [[n, place, self._relative(path), *rest] for n, place, path, *rest in ledger.bars]
        for leak in leaks:
            leak.worker = worker
        found: Result = late.module("leaks").Result(
            tests=self.replacements.tests,
            acquisitions=ledger.acquired_count,
            released=ledger.released_count,
            seconds=ledger.clock(),
            leaks=leaks,
            bars=bars,
            bars_dropped=max(0, ledger.released_count - len(bars)) if self.settings.history else 0,
            notes=list(self._notes),
            workers=[worker] if worker else [],
        )
        return found

    def trouble(self, error: Exception) -> None:
        """Note an error of the detector's own: the report tells of it, and the tests go on."""
        note = f"an error of the detector itself, {type(error).__name__}: some leaks may be missing"
        if note not in self._notes:
            self._notes.append(note)

    def touched(self) -> list[tuple[Leak, Touch]]:
        """Return the leaks that the test which runs has touched up to now."""
        return self.register.touched() if self.register is not None else []

    # Scopes.

    def _leak(self, acquisition: Acquisition, after: str) -> list[Leak]:
        if self.register is None:
            self.register = late.module("register").Register(self.ledger, self._relative)
        return self.register.add(acquisition, after, self._failed is (self._context.test or self.replacements.last))

    def _relative(self, path: str) -> str:
        """Return a path relative to the root, where it lies below."""
        return path[len(self._root) :] if path.startswith(self._root) else path

    def _end_scopes(self, ended: Home | None, following: RunningTest | None) -> list[Leak]:
        if ended is None or not self._active or (following is not None and following.home is ended):
            return []
        cls, module, path = ended
        class_over = following is None or following.cls != cls
        module_over = following is None or following.module != module
        if not class_over and not module_over:
            return []
        leaks: list[Leak] = []
        for acquisition in list(self._active.values()):
            owner = acquisition.owner
            if acquisition.lifetime == Lifetime.CLASS and class_over and owner in (cls, ""):
                leaks += self._leak(acquisition, f"class {cls.rpartition('::')[2].rpartition('.')[2]}")
            elif acquisition.lifetime == Lifetime.MODULE and module_over and owner in (module, path, ""):
                leaks += self._leak(acquisition, f"module {_last(module)}")
        if module_over:
            leaks += self._private()
        return leaks

    def _foreign(self, test: RunningTest) -> list[Leak]:
        """What a test module patched while it was imported is a leak when a test of another module begins."""
        leaks = []
        for acquisition in list(self._active.values()):
            if acquisition.phase == "import" and acquisition.lifetime == Lifetime.MODULE:
                if acquisition.owner != test.path and not self._is_set_up_file(acquisition):
                    leaks += self._leak(acquisition, "its import")
        return leaks

    def _is_set_up_file(self, acquisition: Acquisition) -> bool:
        """Whether it was patched on purpose for the whole session: in a ``conftest.py`` or a module without tests."""
        path = acquisition.owner or (acquisition.site.path if acquisition.site else "")
        return _basename(path) == "conftest.py" or path not in self.replacements.files

    def _private(self) -> list[Leak]:
        """Decide about patches of objects that are neither modules nor classes: those that are shared leak."""
        waiting = [acquisition for acquisition in self._active.values() if not acquisition.shared]
        targets = {acquisition.number: acquisition.target() for acquisition in waiting}
        if not waiting:
            return []
        names = late.module("places").find(target for target in targets.values() if target is not None)
        leaks: list[Leak] = []
        for acquisition in waiting:
            name = names.get(id(targets[acquisition.number]))
            if targets[acquisition.number] is None or name is None:
                if acquisition.lifetime != Lifetime.SESSION:
                    self.ledger.drop(acquisition)
                continue
            acquisition.shared = True
            tail = acquisition.place.partition("()")[2]
            acquisition.place = f"{name}{tail}"
            if acquisition.lifetime != Lifetime.SESSION:
                leaks += self._leak(acquisition, acquisition.test.id if acquisition.test else "its module")
        return leaks


def _last(module: str) -> str:
    return module if module.endswith(".py") else module.rpartition(".")[2]
