"""C: several threads at one store. The clauses with 'i' let the threads meet at every line of the store's code."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from flake8_mockleak.kvs.bench import Bench, Worker
from flake8_mockleak.kvs.checks import check, miss, same
from flake8_mockleak.kvs.clause import BACKENDS, KEYED, clause
from flake8_mockleak.kvs.interleave import interleave
from flake8_mockleak.kvs.samples import Telltale
from flake8_mockleak.kvs.views import MISS

_ROUNDS = 40


class _QuickSwitches:
    """Lets the threads of this process take turns as often as they can, while anybody wants that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: set[object] = set()
        self._usual = 0.0

    def begin(self, who: object) -> None:
        """Want it from now on."""
        with self._lock:
            if not self._wanted:
                self._usual = sys.getswitchinterval()
            self._wanted.add(who)
            sys.setswitchinterval(1e-5)

    def end(self, who: object) -> None:
        """Want it no longer. The last one puts the interval back."""
        with self._lock:
            if who in self._wanted:
                self._wanted.remove(who)
                if not self._wanted:
                    sys.setswitchinterval(self._usual)


_QUICK = _QuickSwitches()


def _together(b: Bench, *works: Callable[[], Any]) -> list[Any]:
    """Run the functions at once, each in its thread, and return what they returned."""
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait(20)
        return work()

    b.when_given_up(_QUICK.end, b)
    _QUICK.begin(b)
    try:
        with b.quietly():
            workers: list[Worker] = [b.start(run, work) for work in works]
            return [worker.result(25) for worker in workers]
    finally:
        _QUICK.end(b)


@clause("C01", "threads", timeout=40)
def one_key_from_many_threads(b: Bench) -> None:
    """Eight threads set one key: nothing is raised, and the last value is one of theirs, whole."""
    store = b.open(real_time=True)
    values = [[number] * 50 for number in range(8)]

    def work(value: list[int]) -> None:
        for _ in range(_ROUNDS):
            store.set(b.key(), value)

    _together(b, *[partial(work, value) for value in values])
    got = store.get(b.key())
    check(got in values, f"get after 8 threads had set the key gave {got!r}")


@clause("C02", "threads", timeout=40)
def many_keys_from_many_threads(b: Bench) -> None:
    """Eight threads set, replace and delete keys of their own: each sees what it did, and nothing is lost."""
    store = b.open(real_time=True)

    def work(number: int) -> None:
        for turn in range(_ROUNDS):
            key = b.key(f"{number}-{turn}")
            store.set(key, [number, turn])
            same(store.get(key), [number, turn], "get in the thread that set the key")
            store.set_multi({key: turn, f"{key}-gone": 1})
            store.delete(f"{key}-gone")

    _together(b, *[partial(work, number) for number in range(8)])
    with b.quietly():
        for number in range(8):
            for turn in range(_ROUNDS):
                same(store.get(b.key(f"{number}-{turn}")), turn, "get after all threads are done")
                miss(store.get(b.key(f"{number}-{turn}-gone")), "get of a deleted key after all threads are done")


@clause("C03", "threads", "atomic_multi", layers=KEYED, timeout=40)
def set_multi_is_never_seen_torn(b: Bench) -> None:
    """A get_multi beside a set_multi gives all the earlier values or all the new ones."""
    store = b.open(real_time=True)
    keys = [b.key(f"{number}") for number in range(12)]
    store.set_multi(dict.fromkeys(keys, -1))
    done = threading.Event()

    def write(base: int) -> None:
        try:
            for turn in range(60):
                store.set_multi(dict.fromkeys(keys, base + turn))
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            got = list(store.get_multi(keys))
            check(len(set(got)) == 1, f"get_multi beside a set_multi of equal values gave {got!r}")

    _together(b, lambda: write(0), read, read)


@clause("C03i", "threads", "atomic_multi", layers=KEYED, timeout=40)
def many_calls_are_never_seen_half_done(b: Bench) -> None:
    """Whenever another thread reads during a set_multi or a delete_multi, it sees all of it or nothing."""
    store = b.open(real_time=True)
    keys = [b.key(name) for name in "abc"]
    store.set_multi(dict.fromkeys(keys, "old"))

    def look() -> None:
        got = store.get_multi(keys)
        texts = ["miss" if value is MISS else value for value in got]
        if b.layer != "store":  # its view reads one by one where a key is missing
            check(len(set(texts)) == 1, f"get_multi during a call with many keys gave {texts!r}")
        else:
            check(set(texts) != {"old", "new"}, f"get_multi during a call with many keys gave {texts!r}")

    with b.quietly():
        interleave(b, lambda: store.set_multi(dict.fromkeys(keys, "new")), look)
        same(list(store.get_multi(keys)), ["new"] * 3, "get_multi after set_multi")
        interleave(b, lambda: store.delete_multi(keys), look)
        for key in keys:
            miss(store.get(key), "get after delete_multi")


@clause("C04", "threads", timeout=40)
def readers_beside_writers(b: Bench) -> None:
    """Beside threads that set and delete a key, get gives a whole value or a miss, and nothing is raised."""
    store = b.open(real_time=True)
    values = [f"{number}" * 300 for number in range(4)]
    done = threading.Event()

    def write(value: str) -> None:
        try:
            for turn in range(_ROUNDS):
                store.set(b.key(), value)
                if turn % 3 == 0:
                    store.delete(b.key())
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            got = store.get(b.key())
            check(got is MISS or got in values, f"get beside writers gave {got!r}")

    def read_many() -> None:
        while not done.is_set():
            for got in store.get_multi([b.key(), b.key("missing")]):
                check(got is MISS or got in values, f"get_multi beside writers gave {got!r}")

    readers = [read, read_many] if b.layer in BACKENDS else [read]
    _together(b, *[partial(write, value) for value in values], *readers)


@clause("C05i", "threads", layers=KEYED, timeout=40)
def a_replaced_value_is_never_missing(b: Bench) -> None:
    """Whenever another thread reads during a set that replaces a value, it sees the old value or the new one."""
    store = b.open(real_time=True)
    store.set(b.key(), "old")

    def look() -> None:
        got = store.get(b.key())
        check(got in ("old", "new"), f"get during a set that replaces a value gave {got!r}")

    with b.quietly():
        interleave(b, lambda: store.set(b.key(), "new"), look)
        same(store.get(b.key()), "new", "get after set")
        store.set(b.key(), "old")
        interleave(b, lambda: store.set_multi({b.key(): "new"}), look)
        same(store.get(b.key()), "new", "get after set_multi")


@clause("C06i", "threads", layers=KEYED, timeout=40)
def a_write_in_between_is_not_lost(b: Bench) -> None:
    """Whatever another thread sets or deletes during a call on other keys stays as it left it."""
    store = b.open(real_time=True)
    mine, theirs, deleted = b.key("mine"), b.key("theirs"), b.key("deleted")
    count = [0]
    calls: dict[str, Callable[[], Any]] = {
        "set": lambda: store.set(mine, 1),
        "set_multi": lambda: store.set_multi({mine: 2, b.key("mine2"): 2}),
        "get_multi": lambda: store.get_multi([mine, b.key("mine2")]),
        "delete": lambda: store.delete(mine),
        "delete_multi": lambda: store.delete_multi([mine, b.key("mine2")]),
    }

    def meddle() -> None:
        count[0] += 1
        store.set(f"{theirs}{count[0]}", count[0])
        store.delete(f"{deleted}{count[0]}")

    with b.quietly():
        for name, call in calls.items():
            count[0] = 0
            store.set_multi({f"{deleted}{number}": 1 for number in range(1, 60)})
            interleave(b, call, meddle)
            for number in range(1, count[0] + 1):
                same(store.get(f"{theirs}{number}"), number, f"get of a key that another thread set during {name}")
                miss(store.get(f"{deleted}{number}"), f"get of a key that another thread deleted during {name}")


@clause("C07i", "threads", "pickle", "isolation", "atomic_multi", layers=BACKENDS, timeout=40)
def values_are_written_down_before_any_is_seen(b: Bench) -> None:
    """While the values of a set_multi are written down, none of them is to be read yet."""
    store = b.open(real_time=True)
    keys = [b.key(name) for name in "abc"]
    store.set_multi(dict.fromkeys(keys, 0))
    looks: list[Worker] = []

    def look() -> None:
        got = list(store.get_multi(keys))
        check(got in ([0, 0, 0], [1, 1, 1]), f"get_multi while set_multi wrote its values down gave {got!r}")

    def tell() -> None:
        worker = b.start(look)
        looks.append(worker)
        worker.join(0.05)  # a store that holds a lock meanwhile keeps the reader waiting

    with b.quietly():
        store.set_multi({key: Telltale(1, tell) for key in keys})
        for worker in looks:
            worker.result(10)
        same(list(store.get_multi(keys)), [1, 1, 1], "get_multi after set_multi")


@clause("C08", "threads", timeout=40)
def a_value_set_in_a_thread_is_seen_by_all(b: Bench) -> None:
    """What a thread sets is read by threads that began before and after, and stays when that thread has ended."""
    store = b.open(real_time=True)
    store.set(b.key("main"), "main")
    b.start(store.set, b.key(), "v").result(10)
    same(store.get(b.key()), "v", "get of what a thread set that has ended")
    same(b.start(store.get, b.key("main")).result(10), "main", "get in a thread of what another one set")
    b.start(store.delete, b.key("main")).result(10)
    miss(store.get(b.key("main")), "get of what another thread deleted")
