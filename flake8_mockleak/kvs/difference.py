"""Differential check: the same programs on a fake and on the real store, until their answers differ.

A fake that passes it, and the conformance suite with the claims of the real store, is a *verified fake*.
"""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from flake8_mockleak.kvs.bench import Bench, Make, Memory
from flake8_mockleak.kvs.checks import alike, brief
from flake8_mockleak.kvs.claims import checked_claims
from flake8_mockleak.kvs.clause import clauses_of
from flake8_mockleak.kvs.machines import NAMES, key_lists, keys, mappings, quiet_settings, values, with_seed
from flake8_mockleak.kvs.views import MISS, Handle, View

_PICKLED = (b"bytes", b"", (1, [2]), "\x00\n", 2**70, -0.5)
_TIMES = ((1, 0.7), (1, 0.9), (1, 1.6), (2, 1.2))
_FRACTIONS = ((0.5, 0.0), (0.5, 0.3), (0.5, 0.8), (1.5, 1.2))
_PHASES = 4


class Difference(AssertionError):
    """A program to which a fake and the real store give different answers. The message is the program."""


class Step(NamedTuple):
    """A call: of a method of the store, or of a mutex (``mutex`` is its number), with its arguments."""

    method: str
    arguments: tuple[Any, ...]
    mutex: int | None = None


def differential(
    make_fake: Make,
    make_real: Make,
    *,
    layer: str = "backend",
    claims: Iterable[str] = (),
    programs: int = 60,
    timeout: float = 120,
) -> None:
    """Run the same programs on a fake and on the real store, and raise ``Difference`` with the first, shortest one to
    which they give different answers, as runnable code.

    ``make_fake`` and ``make_real`` are as for ``conformance``, and so are ``layer`` and ``claims``: with ``mutex`` the
    programs have mutexes in them, with ``pickle`` values of more types, with ``ttl`` and ``ttl_fraction`` there is a
    second part in which values expire, in real time (about 5 s). ``programs`` is how many are run; they are the same
    each time unless the environment variable MOCKLEAK_KVS_SEED has a seed.

    Raises ValueError for a layer or claim that does not exist, TypeError for a make that cannot be called, MakeError
    when there is no store to run a program on. AssertionError when it is not done after ``timeout`` seconds.
    """
    for make in (make_fake, make_real):
        if not callable(make):
            raise TypeError(f"make_fake and make_real must be callable and return a fresh store, not {make!r}")
    clauses_of(layer)
    # In real time: what is the real store's clock cannot be moved by hand.
    made = checked_claims(claims) - {"clock"}
    outcome: list[BaseException] = []

    def work() -> None:
        try:
            _run_programs(make_fake, make_real, layer, made, programs)
            if "ttl" in made and layer != "mapping":
                _run_expiry(make_fake, make_real, layer, made)
        except BaseException as error:  # raised in the caller's thread
            outcome.append(error)

    worker = threading.Thread(target=work, name="differential", daemon=True)
    worker.start()
    worker.join(timeout)
    if worker.is_alive():
        raise AssertionError(f"the programs hang: not done after {timeout:g} s")
    if outcome:
        raise outcome[0].with_traceback(None)


def _run_programs(make_fake: Make, make_real: Make, layer: str, claims: frozenset[str], programs: int) -> None:
    def compare(steps: list[Step]) -> None:
        _compare(make_fake, make_real, layer, claims, steps)

    test = quiet_settings(max_examples=programs)(given(_programs(layer, claims))(compare))
    with_seed(test)()


def _programs(layer: str, claims: frozenset[str]) -> st.SearchStrategy[list[Step]]:
    some = values | st.sampled_from(_PICKLED) if "pickle" in claims else values
    kinds = [
        st.builds(lambda key, value: Step("set", (key, value)), keys, some),
        st.builds(lambda key: Step("get", (key,)), keys),
        st.builds(lambda key: Step("delete", (key,)), keys),
        st.builds(lambda mapping: Step("set_multi", (mapping,)), mappings),
        st.builds(lambda names: Step("get_multi", (names,)), key_lists),
        st.builds(lambda names: Step("delete_multi", (names,)), key_lists),
    ]
    if "mutex" in claims and layer != "mapping":
        number = st.integers(0, 2)
        kinds.append(st.builds(lambda key, which: Step("acquire", (key,), which), st.sampled_from("ab"), number))
        kinds.append(st.builds(lambda key, which: Step("release", (key,), which), st.sampled_from("ab"), number))
    return st.lists(st.one_of(kinds), max_size=14)


class _Side:
    """One of the two stores, with what a program made on it."""

    def __init__(self, make: Make, layer: str, claims: frozenset[str], memory: Memory) -> None:
        self.bench = Bench(make, layer, claims, memory)
        self.store: View = self.bench.open()
        self.mutexes: dict[tuple[str, int], Handle] = {}

    def do(self, step: Step, key: Callable[[str], str]) -> Any:
        """Do a step, and return its answer in a form that can be compared."""
        try:
            return self._call(step, key)
        except Exception as error:
            # Two implementations raise what they like; that they raise is the answer.
            return _Raised(error)

    def _call(self, step: Step, key: Callable[[str], str]) -> Any:
        first, *rest = step.arguments
        if step.mutex is not None:
            handle = self.mutexes.get((first, step.mutex))
            if handle is None:
                handle = self.mutexes[first, step.mutex] = self.store.mutex(key(first))
            if step.method == "acquire":
                return bool(handle.acquire(False))
            handle.release()
            return None
        if isinstance(first, dict):
            first = {key(name): value for name, value in first.items()}
        else:
            first = [key(name) for name in first] if isinstance(first, list) else key(first)
        result = getattr(self.store, step.method)(first, *rest)
        return result if step.method in ("get", "get_multi") else None

    def close(self, key: Callable[[str], str]) -> None:
        """Leave nothing behind on a server."""
        self.bench.script.muted = True
        for handle in self.mutexes.values():
            with contextlib.suppress(Exception):
                handle.release()
        for name in NAMES:
            with contextlib.suppress(Exception):
                self.store.delete(key(name))
        self.bench.close()


class _Raised:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Raised)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self._error).__name__}: {self._error}"


def _compare(make_fake: Make, make_real: Make, layer: str, claims: frozenset[str], steps: list[Step]) -> None:
    tag = "".join(random.SystemRandom().choices("abcdefghijklmnopqrstuvwxyz", k=8))
    sides: list[_Side] = []

    def key(name: str) -> str:
        return f"{tag}.{name}"

    try:
        for make in (make_fake, make_real):
            sides.append(_Side(make, layer, claims, Memory()))
        done: list[Step] = []
        looks = [Step("get", (name,)) for name in NAMES]
        for step in [*steps, *looks]:
            done.append(step)
            fake, real = (side.do(step, key) for side in sides)
            if not alike(fake, real):
                raise Difference(_program(done if step not in looks else [*steps, step], fake, real))
    finally:
        for side in sides:
            side.close(key)


def _program(steps: list[Step], fake: Any, real: Any) -> str:
    lines = ["for store in (make_fake(), make_real()):"]
    made: set[str] = set()
    for step in steps:
        if step.mutex is None:
            lines.append(f"    store.{step.method}({', '.join(map(repr, step.arguments))})")
            continue
        name = f"mutex_{step.arguments[0]}{step.mutex}"
        if name not in made:
            made.add(name)
            lines.append(f"    {name} = store.get_mutex({step.arguments[0]!r})")
        lines.append(f"    {name}.{step.method}({'False' if step.method == 'acquire' else ''})")
    lines[-1] = f"    print({lines[-1].strip()})"
    answers = f"fake: {brief(fake)}\n    # real: {brief(real)}"
    return "the fake and the real store differ:\n\n" + "\n".join(lines) + f"\n    # {answers}\n"


def _run_expiry(make_fake: Make, make_real: Make, layer: str, claims: frozenset[str]) -> None:
    """Values that expire, at several parts of a second, all at once: each in a thread, since it mostly waits."""
    cases = [*_TIMES, *(_FRACTIONS if "ttl_fraction" in claims else ())]
    found: list[Difference] = []
    failed: list[BaseException] = []

    def look(ttl: float, age: float, phase: int) -> None:
        try:
            time.sleep(phase / _PHASES)
            answers = [_aged(make, layer, claims, ttl, age) for make in (make_fake, make_real)]
        except BaseException as error:
            failed.append(error)
            return
        if len(set(answers)) > 1 and None not in answers:
            fake, real = ("a miss" if gone else "'v'" for gone in answers)
            found.append(
                Difference(
                    "the fake and the real store differ:\n\n"
                    f"for store in (make_fake(expiration_time={ttl}), make_real(expiration_time={ttl})):\n"
                    f"    time.sleep({phase / _PHASES})  # a part of a second matters\n"
                    "    store.set('a', 'v')\n"
                    f"    time.sleep({age})\n"
                    f"    print(store.get('a'))\n    # fake: {fake}\n    # real: {real}\n"
                )
            )

    threads = [
        threading.Thread(target=look, args=(ttl, age, phase), daemon=True)
        for ttl, age in cases
        for phase in range(_PHASES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if failed:
        raise failed[0]
    if found:
        raise min(found, key=lambda one: str(one))


def _aged(make: Make, layer: str, claims: frozenset[str], ttl: float, age: float) -> bool | None:
    """Tell whether a value is gone at that age, in seconds; None when this machine was too late to tell."""
    bench = Bench(make, layer, claims, Memory())
    try:
        store = bench.open(expiration_time=ttl)
        began = time.monotonic()
        store.set(bench.key(), "v")
        time.sleep(max(0.0, began + age - time.monotonic()))
        before = time.monotonic()
        gone = store.get(bench.key()) is MISS
        # Near its end a value may be there or not: a late look says nothing.
        return gone if not (before - began < ttl < time.monotonic() - began + 0.05) else None
    finally:
        bench.close()
