"""Model-based checks: hypothesis state machines that call a store and a model of it, and compare after every step.

Two machines, one for data and one for mutexes: one with all rules in it would need far more steps to find anything.
Few keys, that are like each other, so that calls meet; and after every step all of the state is looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, miss, same
from flake8_mockleak.kvs.script import Script
from flake8_mockleak.kvs.views import MISS, Handle

SEED = "MOCKLEAK_KVS_SEED"
"""The environment variable with a seed for the programs; without it they are the same ones every time."""

NAMES = ("a", "A", "ab", "b")
VALUES: tuple[Any, ...] = (None, "v", "w", 0, 1, False, True, "", [], [1], {"a": [1]}, {}, 0.0, "1")

# Sums of the steps never meet the times: what a store does at the very moment is its own affair.
TTL, LOCK_TIMEOUT = 8, 5
_STEPS = (0.51, 1.01, 3.01, 5.01, 7.51, 9.01)

keys = st.sampled_from(NAMES)
values = st.sampled_from(VALUES)
# Not without any: calls with nothing in them have clauses of their own, and one fault there would hide all others.
key_lists = st.lists(keys, min_size=1, max_size=5)
mappings = st.dictionaries(keys, values, min_size=1, max_size=4)
pauses = st.sampled_from(_STEPS)


def quiet_settings(**limits: Any) -> settings:
    """Return hypothesis' settings for programs inside a clause: nothing is printed or kept, and only bugs stop it."""
    return settings(
        deadline=None,
        database=None,
        derandomize=not os.environ.get(SEED),
        print_blob=False,
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        **limits,
    )


def with_seed(test: Callable[..., Any]) -> Callable[..., Any]:
    """Return a test or machine that runs with the seed of the environment, if there is one."""
    seed = os.environ.get(SEED)
    return seeded(int(seed))(test) if seed else test


def run_machine(build: Callable[[], RuleBasedStateMachine], examples: int, steps: int) -> None:
    """Run programs on a state machine; raise what the shortest one that fails raises."""
    chosen = quiet_settings(max_examples=examples, stateful_step_count=steps)

    def machine() -> RuleBasedStateMachine:
        return build()

    factory: Any = with_seed(machine)
    run_state_machine_as_test(factory, settings=chosen)


class _Machine(RuleBasedStateMachine):
    """What both machines share: a fresh store on the bench, and a script that begins anew with each program."""

    def __init__(self, b: Bench, options: dict[str, Any]) -> None:
        super().__init__()
        self.b = b
        self.patient = not b.time.real
        home = b.script.home
        guard = b.script.guard
        b.script = Script()
        b.script.home, b.script.guard = home, guard
        b.renew_prefix()
        self.store = b.open(**options)

    def teardown(self) -> None:
        """Leave nothing locked behind."""
        self.b.script.muted = True


class DataMachine(_Machine):
    """set, delete and the calls with many keys, and time, against a dict."""

    def __init__(self, b: Bench) -> None:
        super().__init__(b, {"expiration_time": TTL} if b.claimed("ttl", "clock") and b.layer in _TIMED else {})
        self.ttl = TTL if b.claimed("ttl", "clock") and b.layer in _TIMED else None
        self.model: dict[str, tuple[Any, float]] = {}

    @rule(name=keys, value=values)
    def set(self, name: str, value: Any) -> None:
        self.store.set(self.b.key(name), value)
        self.model[name] = (value, self.b.time.clock())
        self.compare()

    @rule(mapping=mappings)
    def set_multi(self, mapping: dict[str, Any]) -> None:
        given = {self.b.key(name): value for name, value in mapping.items()}
        twin = dict(given)
        self.store.set_multi(given)
        same(given, twin, "the mapping after set_multi")
        for name, value in mapping.items():
            self.model[name] = (value, self.b.time.clock())
        self.compare()

    @rule(name=keys)
    def delete(self, name: str) -> None:
        self.store.delete(self.b.key(name))
        self.model.pop(name, None)
        self.compare()

    @rule(names=key_lists)
    def delete_multi(self, names: list[str]) -> None:
        self.store.delete_multi([self.b.key(name) for name in names])
        for name in names:
            self.model.pop(name, None)
        self.compare()

    @rule(names=key_lists)
    def get_multi(self, names: list[str]) -> None:
        got = self.store.get_multi([self.b.key(name) for name in names])
        check(len(got) == len(names), f"get_multi of {len(names)} keys gave {len(got)} values")
        for name, value in zip(names, got, strict=True):
            self.fits(name, value, "in get_multi")

    @precondition(lambda self: self.patient)
    @rule(seconds=pauses)
    def sleep(self, seconds: float) -> None:
        self.b.script.call("sleep", self.b.time.sleep, seconds)
        self.compare()

    def compare(self) -> None:
        """Look at every key."""
        for name in NAMES:
            self.fits(name, self.store.get(self.b.key(name)), "by get")

    def fits(self, name: str, got: Any, how: str) -> None:
        value, written = self.model.get(name, (MISS, 0.0))
        gone = self.ttl is not None and self.b.time.clock() - written > self.ttl
        what = f"{self.b.key(name)!r} {how}"
        miss(got, what) if value is MISS or gone else same(got, value, what)

    def teardown(self) -> None:
        """Remove the keys: a server outlives the program."""
        super().teardown()
        if self.b.time.real:
            for name in NAMES:
                self.store.delete(self.b.key(name))


class MutexMachine(_Machine):
    """acquire and release of several mutex objects for two keys, and time, against who holds what."""

    def __init__(self, b: Bench) -> None:
        timed = b.claimed("lock_timeout", "clock") and b.layer in _TIMED
        super().__init__(b, {"lock_timeout": LOCK_TIMEOUT} if timed else {})
        self.timeout = LOCK_TIMEOUT if timed else None
        self.patient = timed
        self.handles: dict[tuple[str, int], Handle] = {}
        self.holders: dict[str, tuple[int, float]] = {}
        self.released: dict[tuple[str, int], bool] = {}

    def handle(self, name: str, number: int) -> Handle:
        if (name, number) not in self.handles:
            self.handles[name, number] = self.store.mutex(self.b.key(name))
        return self.handles[name, number]

    def holder(self, name: str) -> int | None:
        number, since = self.holders.get(name, (None, 0.0))
        if number is not None and self.timeout is not None and self.b.time.clock() - since > self.timeout:
            return None
        return number

    @rule(name=st.sampled_from("ab"), number=st.integers(0, 2))
    def acquire(self, name: str, number: int) -> None:
        got = self.handle(name, number).acquire(False)
        holder = self.holder(name)
        if holder is None:
            check(got, f"acquire(False) of the free mutex of {name!r} was falsy")
            self.holders[name] = (number, self.b.time.clock())
        else:
            check(not got, f"acquire(False) of the mutex of {name!r}, which is held, was truthy")
        self.compare()

    @rule(name=st.sampled_from("ab"), number=st.integers(0, 2))
    def release(self, name: str, number: int) -> None:
        owns = self.holder(name) == number
        if not owns and not self.b.claimed("mutex_owner"):
            return
        try:
            self.handle(name, number).release()
        except Exception as error:
            check(not owns, f"release() by the holder raised {type(error).__name__}: {error}")
        if owns:
            del self.holders[name]
        self.compare()

    @precondition(lambda self: self.patient)
    @rule(seconds=pauses)
    def sleep(self, seconds: float) -> None:
        self.b.script.call("sleep", self.b.time.sleep, seconds)
        self.compare()

    @rule(name=st.sampled_from("ab"), value=values)
    def set(self, name: str, value: Any) -> None:
        self.store.set(self.b.key(name), value)
        same(self.store.get(self.b.key(name)), value, "get after set")
        self.store.delete(self.b.key(name))
        self.compare()

    def compare(self) -> None:
        """See who holds what, by locked() where a mutex has it, and that no mutex is data."""
        for name in "ab":
            holder = self.holder(name)
            mutex = self.store.mutex(self.b.key(name))
            if self.b.layer == "backend":
                locked = bool(mutex.locked())
                check(locked is (holder is not None), f"locked() of the mutex of {name!r} was {locked}")
            elif holder is not None:
                check(not mutex.acquire(False), f"acquire(False) of the mutex of {name!r}, which is held, was truthy")
            miss(self.store.get(self.b.key(name)), f"get of {name!r}, which was never set")

    def teardown(self) -> None:
        """Release what is held."""
        super().teardown()
        for name, (number, _) in self.holders.items():
            try:
                self.handle(name, number).release()
            except Exception:
                pass


_TIMED = ("backend", "driver")
