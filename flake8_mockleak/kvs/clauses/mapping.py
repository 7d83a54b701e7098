"""Y: what a MutableMapping has beyond get, set and delete. Layer 'mapping'."""

from __future__ import annotations

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, raises, same
from flake8_mockleak.kvs.clause import clause

MAPPING = ("mapping",)


@clause("Y01", layers=MAPPING)
def missing_keys_raise(b: Bench) -> None:
    """Reading or deleting a missing key raises KeyError with the key."""
    store = b.open()
    for method in ("__getitem__", "__delitem__", "pop"):
        error = raises(store.call, method, b.key(), what=f"{method} of a missing key")
        check(isinstance(error, KeyError), f"{method} of a missing key raised {type(error).__name__}")
        same(error.args[:1], (b.key(),), f"the argument of the KeyError of {method}")


@clause("Y02", layers=MAPPING)
def contains_and_get(b: Bench) -> None:
    """`in` and get() tell what is there, a None too; get() has a default."""
    store = b.open()
    store.set(b.key("none"), None)
    check(b.key("none") in store.raw, "a key whose value is None is not `in` the mapping")
    check(b.key("missing") not in store.raw, "a missing key is `in` the mapping")
    same(store.call("get", b.key("missing")), None, "get() of a missing key")
    same(store.call("get", b.key("missing"), 5), 5, "get() of a missing key with a default")
    same(store.call("get", b.key("none"), 5), None, "get() with a default of a key whose value is None")
    store.delete(b.key("none"))
    check(b.key("none") not in store.raw, "a deleted key is `in` the mapping")


@clause("Y03", layers=MAPPING)
def length_and_keys(b: Bench) -> None:
    """len(), iteration, keys(), values() and items() agree: each key once, as it was given."""
    store = b.open()
    before = len(store.raw)
    expected = {b.key(name): name for name in ("a", "b", "c")}
    store.set_multi(expected)
    store.set(b.key("a"), "a")
    store.set(b.key("gone"), 1)
    store.delete(b.key("gone"))
    same(len(store.raw) - before, 3, "how many keys len() counts more than before")
    mine = [key for key in store.raw if str(key).startswith(b.prefix)]
    same(sorted(mine), sorted(expected), "the keys by iteration")
    same(sorted(key for key in store.raw.keys() if key in expected), sorted(expected), "the keys by keys()")
    items = {key: value for key, value in store.raw.items() if key in expected}
    same(items, expected, "items()")
    same(sorted(value for value in store.raw.values() if value in ("a", "b", "c")), ["a", "b", "c"], "values()")


@clause("Y04", layers=MAPPING)
def pop_and_setdefault(b: Bench) -> None:
    """pop() returns and removes, with a default where the key is missing; setdefault() sets only what is missing."""
    store = b.open()
    store.set(b.key(), "v")
    same(store.call("pop", b.key()), "v", "pop()")
    check(b.key() not in store.raw, "a popped key is `in` the mapping")
    same(store.call("pop", b.key(), "default"), "default", "pop() of a missing key with a default")
    same(store.call("setdefault", b.key(), "first"), "first", "setdefault() of a missing key")
    same(store.call("setdefault", b.key(), "second"), "first", "setdefault() of a key that is there")
    store.set(b.key(), None)
    same(store.call("setdefault", b.key(), "third"), None, "setdefault() of a key whose value is None")
    same(store.get(b.key()), None, "the value after setdefault()")


@clause("Y05", "private", layers=MAPPING)
def clear_empties(b: Bench) -> None:
    """clear() removes all keys of this mapping and of no other; a new mapping is empty."""
    store, other = b.open(), b.open()
    same(len(store.raw), 0, "len() of a new mapping")
    store.set_multi({b.key("a"): 1, b.key("b"): 2})
    other.set(b.key("a"), 3)
    store.call("clear")
    same(len(store.raw), 0, "len() after clear()")
    check(b.key("a") not in store.raw, "a key is `in` the mapping after clear()")
    same(other.get(b.key("a")), 3, "get from another mapping after clear()")
    store.set(b.key("a"), 4)
    same(store.get(b.key("a")), 4, "get after clear() and set")


@clause("Y06", layers=MAPPING)
def update_takes_pairs_and_words(b: Bench) -> None:
    """update() takes a mapping, pairs, and keyword arguments."""
    store = b.open()
    store.call("update", {b.key("a"): 1}, **{b.key("w"): 2})
    store.call("update", [(b.key("b"), 3), (b.key("a"), 4)])
    same([store.get(b.key(name)) for name in "awb"], [4, 2, 3], "the values after update()")
