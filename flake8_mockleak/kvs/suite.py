"""The conformance suite: builds a ``unittest.TestCase`` with one test for each clause."""

from __future__ import annotations

import contextvars
import ctypes
import os
import sys
import threading
import time
import traceback
import unittest
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flake8_mockleak.kvs.bench import Bench, GaveUp, Make, MakeError, Memory
from flake8_mockleak.kvs.claims import checked_claims
from flake8_mockleak.kvs.clause import Clause, all_clauses, clauses_of

CONTROL = "B02"
"""The clause that a store must honour before a failure of another one says anything: it keeps a value."""

_PATIENCE = "MOCKLEAK_KVS_PATIENCE"
_HASTE = 2.0
_FAREWELL = 0.1


class _ClauseThread(threading.Thread):
    """A thread that may be told to give up at any moment, also at its very end."""

    def run(self) -> None:
        try:
            super().run()
        except GaveUp:
            pass


class Conformance(unittest.TestCase):
    """The base of the classes that ``conformance`` builds."""

    make: Make
    layer: str
    contract: str | None
    claims: frozenset[str]
    deviations: Mapping[str, str]
    clauses: tuple[Clause, ...]
    memory: Memory


def conformance(
    make: Make,
    *,
    layer: str = "backend",
    claims: Iterable[str] = (),
    deviations: Mapping[str, str] | None = None,
    contract: str | None = None,
    name: str | None = None,
) -> type[unittest.TestCase]:
    """Return a test case that checks the stores that ``make`` makes, one test method for each clause.

    ``make(**options)`` returns a fresh, empty store; ``options`` are those of the claims (see ``claims.py``), and no
    others. ``layer`` is the kind of store: backend, store, driver or mapping (see ``protocols.py``). ``claims`` are
    promises beyond the core. ``deviations`` maps the ids of clauses that the store is known to break to the reason;
    a clause that is declared so and holds is a failure. ``contract`` pins the version of the contract, None is the
    latest. ``name`` becomes the name of the class.

    Raises ValueError, which names the valid choices, for a layer, claim, clause or version that does not exist, for a
    deviation without a reason or from a clause that does not apply; TypeError when ``make`` cannot be called.
    """
    if not callable(make):
        raise TypeError(f"make must be callable and return a fresh store, not {make!r}")
    made = checked_claims(claims)
    clauses = clauses_of(layer, contract)
    declared = _checked_deviations(deviations, clauses, made, layer)
    namespace: dict[str, Any] = {
        "__doc__": f"The contract of the layer '{layer}', clause by clause.",
        "__module__": sys._getframe(1).f_globals.get("__name__", __name__),
        "make": staticmethod(make),
        "layer": layer,
        "contract": contract,
        "claims": made,
        "deviations": declared,
        "clauses": clauses,
        "memory": Memory(),
    }
    for clause in clauses:
        namespace[clause.method] = _method(clause)
    title = name or f"Test{layer.capitalize()}Conformance"
    namespace["__qualname__"] = title
    return type(title, (Conformance,), namespace)


def _checked_deviations(
    deviations: Mapping[str, str] | None, clauses: Iterable[Clause], claims: frozenset[str], layer: str
) -> dict[str, str]:
    here = {clause.id: clause for clause in clauses}
    everywhere = {clause.id for clause in all_clauses()}
    declared = dict(deviations or {})
    for id, reason in declared.items():
        if id not in everywhere:
            raise ValueError(f"deviation from unknown clause {id!r}; the clauses of '{layer}' are {', '.join(here)}")
        if id not in here:
            raise ValueError(f"deviation from {id}, which is no clause of the layer '{layer}' in this contract")
        if not isinstance(reason, str) or not reason.strip():
            raise ValueError(f"the deviation from {id} needs a reason, not {reason!r}")
        missing = here[id].needs - claims
        if missing:
            words = ", ".join(sorted(missing))
            raise ValueError(f"deviation from {id}, which does not apply without the claim {words}; drop one of them")
    return declared


def _method(clause: Clause) -> Callable[[Conformance], None]:
    def test(self: Conformance) -> None:
        __tracebackhide__ = True
        missing = clause.needs - self.claims
        if missing:
            self.skipTest(f"not claimed: {', '.join(sorted(missing))}")
        reason = self.deviations.get(clause.id)
        try:
            run_clause(clause, self.make, self.layer, self.claims, self.memory)
        except AssertionError:
            if reason is None:
                raise
            _see_that_it_answers(self, clause)
            self.skipTest(f"deviates: {reason}")
        if reason is not None:
            self.fail(f"{clause.id} is declared as a deviation ({reason}), but it holds; take the declaration out")

    test.__name__ = test.__qualname__ = clause.method
    test.__doc__ = f"{clause.id}: {clause.text}"
    return test


def _see_that_it_answers(test: Conformance, clause: Clause) -> None:
    """Raise MakeError when the store cannot even keep a value: then a failure is no proof of a deviation."""
    control = next(one for one in test.clauses if one.id == CONTROL)
    if clause.id == CONTROL or CONTROL in test.deviations:
        return
    try:
        run_clause(control, test.make, test.layer, test.claims, test.memory)
    except AssertionError as error:
        raise MakeError(
            f"{clause.id} {clause.name} cannot be judged, the store has stopped to work: {error}"
        ) from error


def run_clause(clause: Clause, make: Make, layer: str, claims: frozenset[str], memory: Memory | None = None) -> None:
    """Check one clause on fresh stores.

    Raises AssertionError with the reproducer when it does not hold, MakeError when there was no store to check. A
    clause that takes longer than its timeout, in seconds, does not hold either. The environment variable
    MOCKLEAK_KVS_PATIENCE is a factor for all timeouts.
    """
    __tracebackhide__ = True
    memory = memory or Memory()
    bench = Bench(make, layer, claims, memory)
    outcome: list[BaseException | None] = []

    def work() -> None:
        bench.script.home = threading.current_thread()
        try:
            clause.check(bench)
            outcome.append(None)
        except BaseException as error:  # it is judged in the thread of the test
            outcome.append(error)
        finally:
            bench.close()

    # A clause that hangs would hang again and again: the ones after the second get less time.
    timeout = clause.timeout if memory.hung < 2 else min(clause.timeout, _HASTE * max(1.0, clause.timeout / 10))
    timeout *= float(os.environ.get(_PATIENCE) or 1)
    thread = _ClauseThread(target=contextvars.copy_context().run, args=(work,), name=f"clause {clause.id}", daemon=True)
    thread.start()
    thread.join(timeout)
    if not outcome:
        if thread.is_alive():
            memory.hung += 1
            where = _position(thread)
            bench.give_up()
            thread.join(_FAREWELL)
            if thread.is_alive():
                _interrupt(thread)
            raise AssertionError(_report(clause, f"hangs: not done after {timeout:g} s, {where}", bench))
        raise AssertionError(_report(clause, "the thread of the clause was ended from inside", bench))
    error = outcome[0]
    if error is None:
        return
    if isinstance(error, MakeError):
        raise MakeError(f"{clause.id} {clause.name}: {error}") from error
    if isinstance(error, (KeyboardInterrupt, SystemExit, GaveUp)):
        raise error
    said = str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"
    raise AssertionError(_report(clause, said or "the check failed", bench)) from error


def _report(clause: Clause, said: str, bench: Bench) -> str:
    program = getattr(bench, "program", None) or bench.script.text()
    lines = "\n".join(f"    {line}" for line in program.splitlines())
    return f"{clause.id} {clause.name}: {said}\n\nContract: {clause.text}\nTo reproduce:\n\n{lines}\n"


def _position(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    if frame is None:
        return "at an unknown place"
    places = traceback.extract_stack(frame)
    place = places[-1]
    for one in reversed(places):
        if os.path.dirname(threading.__file__) not in one.filename:
            place = one
            break
    return f"in {place.name} ({os.path.basename(place.filename)}:{place.lineno})"


def _interrupt(thread: threading.Thread) -> None:
    """Ask a thread that runs Python code to end. One that waits in C, for a lock or a server, stays; it is a daemon.

    Such a one must not even be asked: an exception that stays pending keeps CPython from tracing other threads.
    """
    if thread.ident is not None and _moves(thread.ident):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(GaveUp))


def _moves(ident: int) -> bool:
    places = set()
    for _ in range(5):
        frame = sys._current_frames().get(ident)
        places.add(None if frame is None else (id(frame), frame.f_lasti))
        time.sleep(0.005)
    return len(places) > 1
