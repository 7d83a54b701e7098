"""S: what two stores have in common, and how much a store holds."""

from __future__ import annotations

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, miss, same
from flake8_mockleak.kvs.clause import BACKENDS, KEYED, clause


@clause("S01", "shared")
def two_handles_see_one_store(b: Bench) -> None:
    """What one handle sets, replaces and deletes, the other sees at once, also by the calls with many keys."""
    one, other = b.open(), b.open()
    key, second = b.key(), b.key("second")
    one.set(key, "v")
    same(other.get(key), "v", "get by the other handle")
    other.set_multi({key: "w", second: 2})
    same(one.get(key), "w", "get after set_multi by the other handle")
    same(list(one.get_multi([second, key])), [2, "w"], "get_multi after set_multi by the other handle")
    one.delete(key)
    miss(other.get(key), "get after delete by the other handle")
    other.delete_multi([second])
    miss(one.get(second), "get after delete_multi by the other handle")


@clause("S02", "private")
def two_stores_share_nothing(b: Bench) -> None:
    """Two stores made apart have other data, whichever was made first, and a new one is empty."""
    one, other = b.open(), b.open()
    key, second = b.key(), b.key("second")
    one.set(key, "one")
    miss(other.get(key), "get from the store that was not written to")
    other.set_multi({key: "other", second: 2})
    same(one.get(key), "one", "get after set_multi in the other store")
    miss(one.get(second), "get of a key of the other store")
    other.delete_multi([key, second])
    same(one.get(key), "one", "get after delete_multi in the other store")
    one.delete(key)
    one.set(key, "again")
    miss(other.get(key), "get after delete in both stores and set in one")
    miss(b.open().get(key), "get from a store that was made after the set")
    if other.raw is not one.raw:
        one.set_multi({second: "late"})
        miss(other.get(second), "get after set_multi in the other store")


@clause("S04", "private", "mutex", layers=BACKENDS)
def mutexes_of_two_stores_are_independent(b: Bench) -> None:
    """A mutex that is held in one store is free in another."""
    one, other = b.open(), b.open()
    held, free = one.mutex(b.key()), other.mutex(b.key())
    check(held.acquire(False), "acquire(False) of a free mutex was falsy")
    check(free.acquire(False), "acquire(False) was falsy while the mutex is held in another store")
    free.release()
    check(not one.mutex(b.key()).acquire(False), "a release in another store freed the mutex")
    held.release()


@clause("S05", "private", "ttl", "clock", layers=BACKENDS)
def options_of_two_stores_are_independent(b: Bench) -> None:
    """The time to expire of one store is not that of another, in whatever order they are made."""
    for first, second in ((10.0, None), (None, 10.0), (10.0, 1000.0)):
        stores = []
        for ttl in (first, second):
            stores.append((b.open() if ttl is None else b.open(expiration_time=ttl), ttl))
        for store, _ in stores:
            store.set(b.key(), 1)
        b.time.sleep(20)
        for store, ttl in stores:
            if ttl == 10:
                miss(store.get(b.key()), "get after the time to expire of this store")
            else:
                same(store.get(b.key()), 1, "get after the time to expire of another store")


@clause("S06", "shared", "mutex", layers=BACKENDS)
def a_mutex_is_shared_by_handles(b: Bench) -> None:
    """A mutex that is held through one handle is not to be had through the other, until it is released."""
    one, other = b.open(), b.open()
    held = one.mutex(b.key())
    check(held.acquire(False), "acquire(False) of a free mutex was falsy")
    b.cleanup(held.release)
    check(not other.mutex(b.key()).acquire(False), "the mutex was acquired through both handles")
    held.release()
    late = other.mutex(b.key())
    check(late.acquire(False), "the mutex was released through one handle and is not to be had through the other")
    late.release()


@clause("U01", "unbounded", timeout=60)
def twenty_thousand_keys(b: Bench) -> None:
    """Nothing is dropped to make room: of 20,000 keys each has its own value."""
    store = b.open()
    total, step = 20_000, 1_000
    first = b.key("first")
    store.set(first, "first")
    with b.quietly():
        for start in range(0, total, step):
            store.set_multi({b.key(f"{number}"): number for number in range(start, start + step)})
    b.script.note(f"# {total} keys are set here, {step} at a time")
    same(store.get(first), "first", f"get of the first key after {total} others")
    with b.quietly():
        for start in range(0, total, step):
            got = store.get_multi([b.key(f"{number}") for number in range(start, start + step)])
            for number, value in zip(range(start, start + step), got, strict=True):
                same(value, number, f"get_multi, value {number} of {total}")
        for start in range(0, total, step):
            store.delete_multi([b.key(f"{number}") for number in range(start, start + step)])


@clause("U02", "unbounded", timeout=60)
def two_thousand_sets(b: Bench) -> None:
    """Nothing is dropped after 2,000 single sets, read in between or not."""
    store = b.open()
    with b.quietly():
        for number in range(2_000):
            store.set(b.key(f"{number}"), number)
            store.get(b.key("0"))
        b.script.note("# 2000 keys are set one by one here, the first is read in between")
        for number in range(2_000):
            same(store.get(b.key(f"{number}")), number, f"get of key {number} of 2000")
        store.delete_multi([b.key(f"{number}") for number in range(2_000)])


@clause("U03", "unbounded", layers=KEYED, timeout=60)
def three_thousand_keys_in_one_call(b: Bench) -> None:
    """3,000 keys go through one set_multi, one get_multi and one delete_multi."""
    store = b.open()
    mapping = {b.key(f"{number}"): number for number in range(3_000)}
    with b.quietly():
        store.set_multi(mapping)
        same(list(store.get_multi(list(mapping))), list(range(3_000)), "get_multi of 3000 keys")
        store.delete_multi(list(mapping))
        for number in (0, 1, 1500, 2999):
            miss(store.get(b.key(f"{number}")), "get after delete_multi of 3000 keys")
