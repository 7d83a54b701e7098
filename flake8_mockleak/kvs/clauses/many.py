"""N: the calls with many keys."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, miss, same
from flake8_mockleak.kvs.clause import BACKENDS, KEYED, clause
from flake8_mockleak.kvs.views import MISS, View


def several(store: View, keys: Iterable[Any]) -> list[Any]:
    """Return what get_multi gives, as a list."""
    return list(store.get_multi(keys))


def _each_is(store: View, mapping: dict[str, Any], what: str) -> None:
    for key, value in mapping.items():
        got = store.get(key)
        miss(got, what) if value is MISS else same(got, value, what)


@clause("N01", layers=KEYED)
def get_multi_follows_the_keys(b: Bench) -> None:
    """get_multi gives the values in the order of the keys asked for, whatever the order of writing."""
    store = b.open()
    names = ("c", "a", "d", "b")
    mapping = {b.key(name): name for name in names}
    store.set_multi(mapping)
    for order in itertools.permutations(names):
        keys = [b.key(name) for name in order]
        same(several(store, keys), list(order), f"get_multi({keys!r})")
    for count in range(len(names)):
        keys = [b.key(name) for name in names[:count]]
        same(several(store, keys), list(names[:count]), f"get_multi({keys!r})")


@clause("N02", layers=BACKENDS)
def get_multi_marks_each_missing_key(b: Bench) -> None:
    """get_multi gives the miss in the place of each missing key: first, in the middle, last, several, all."""
    store = b.open()
    names = ("a", "b", "c")
    for there in itertools.product((False, True), repeat=3):
        keys = [b.key(name + "".join("ny"[one] for one in there)) for name in names]
        for key, is_there in zip(keys, there, strict=True):
            if is_there:
                store.set(key, key)
        got = store.get_multi(keys)
        check(len(got) == 3, f"get_multi of 3 keys gave {len(got)} values: {got!r}")
        for key, is_there, value in zip(keys, there, got, strict=True):
            same(value, key, "its value in get_multi") if is_there else miss(value, "a missing key in get_multi")


@clause("N03", layers=KEYED)
def get_multi_with_a_repeated_key(b: Bench) -> None:
    """get_multi gives a value for each position, also where a key is repeated."""
    store = b.open()
    one, two = b.key("one"), b.key("two")
    store.set_multi({one: 1, two: 2})
    same(several(store, [one, two, one, one]), [1, 2, 1, 1], "get_multi with a repeated key")


@clause("N04", layers=KEYED)
def get_multi_takes_any_iterable(b: Bench) -> None:
    """get_multi takes an iterable that can be walked once."""
    store = b.open()
    store.set_multi({b.key("one"): 1, b.key("two"): 2})
    keys = b.script.named("(key for key in [...])", _once([b.key("two"), b.key("one")]))
    same(several(store, keys), [2, 1], "get_multi of a generator")
    same(several(store, (b.key("one"), b.key("two"))), [1, 2], "get_multi of a tuple")


@clause("N04d", layers=KEYED)
def get_multi_takes_a_key_view(b: Bench) -> None:
    """get_multi takes the keys() of a dict."""
    store = b.open()
    mapping = {b.key("two"): 2, b.key("one"): 1}
    store.set_multi(mapping)
    same(several(store, mapping.keys()), [2, 1], "get_multi of a dict's keys()")


@clause("N05", layers=KEYED)
def get_multi_of_nothing(b: Bench) -> None:
    """get_multi of no keys is an empty list, in an empty store and in another."""
    store = b.open()
    same(several(store, []), [], "get_multi([])")
    store.set(b.key(), 1)
    same(several(store, []), [], "get_multi([]) beside a key")


@clause("N06")
def set_multi_of_nothing(b: Bench) -> None:
    """set_multi of an empty mapping does nothing."""
    store = b.open()
    store.set_multi({})
    store.set(b.key(), 1)
    store.set_multi({})
    same(store.get(b.key()), 1, "get after set_multi({})")


@clause("N07", layers=KEYED)
def delete_multi_of_nothing(b: Bench) -> None:
    """delete_multi of no keys does nothing."""
    store = b.open()
    store.delete_multi([])
    store.set(b.key(), 1)
    store.delete_multi([])
    same(store.get(b.key()), 1, "get after delete_multi([])")


@clause("N08", layers=KEYED)
def delete_multi_removes_those_that_are_there(b: Bench) -> None:
    """delete_multi removes every key named, and is silent about those that are missing, wherever they stand."""
    store = b.open()
    names = ("a", "b", "c", "d")
    for missing in itertools.chain([()], itertools.combinations(names, 1), itertools.combinations(names, 2), [names]):
        tag = "".join(missing) or "none"
        keys = [b.key(f"{name}-{tag}") for name in names]
        store.set_multi({key: 1 for key, name in zip(keys, names, strict=True) if name not in missing})
        store.delete_multi(keys)
        for key in keys:
            miss(store.get(key), f"get after delete_multi({keys!r})")


@clause("N09", layers=KEYED)
def delete_multi_takes_any_iterable(b: Bench) -> None:
    """delete_multi takes an iterable that can be walked once, and repeated keys."""
    store = b.open()
    mapping = {b.key("one"): 1, b.key("two"): 2, b.key("three"): 3}
    store.set_multi(mapping)
    store.delete_multi(b.script.named("(key for key in [...])", _once([b.key("one"), b.key("two")])))
    _each_is(store, {b.key("one"): MISS, b.key("two"): MISS, b.key("three"): 3}, "get after delete_multi(generator)")
    store.delete_multi([b.key("three"), b.key("three")])
    miss(store.get(b.key("three")), "get after delete_multi of a repeated key")


@clause("N10")
def set_multi_leaves_its_mapping_alone(b: Bench) -> None:
    """set_multi does not change the mapping, neither at once nor by a later call, and does not keep it."""
    store = b.open()
    mapping: dict[str, Any] = {b.key("one"): 1, b.key("two"): [2], b.key("three"): "3"}
    twin = dict(mapping)
    store.set_multi(mapping)
    same(mapping, twin, "the mapping after set_multi")
    same(list(mapping), list(twin), "the order of the mapping after set_multi")
    store.set(b.key("one"), "changed")
    store.set(b.key("four"), 4)
    store.delete(b.key("two"))
    store.set_multi({b.key("five"): 5})
    same(mapping, twin, "the mapping after later calls")
    store.set_multi(mapping)
    mapping[b.key("one")] = "outside"
    del mapping[b.key("two")]
    mapping[b.key("six")] = 6
    b.script.note("# the mapping that was given to set_multi is changed here")
    expected = {b.key("one"): 1, b.key("two"): [2], b.key("three"): "3", b.key("six"): MISS}
    _each_is(store, expected, "get after a change of the mapping that was given to set_multi")
    mapping.clear()
    _each_is(store, expected, "get after the mapping that was given to set_multi was emptied")


@clause("N11")
def many_at_once_leave_other_keys_alone(b: Bench) -> None:
    """set_multi, get_multi and delete_multi leave keys alone that they do not name."""
    store = b.open()
    others = {b.key("other"): "o", b.key("a-other"): "ao", b.key("o"): 0}
    for key, value in others.items():
        store.set(key, value)
    store.set_multi({b.key("a"): 1, b.key("b"): 2})
    _each_is(store, {**others, b.key("a"): 1, b.key("b"): 2}, "get after set_multi")
    several(store, [b.key("a"), b.key("b")])
    store.delete_multi([b.key("a"), b.key("b")])
    _each_is(store, {**others, b.key("a"): MISS, b.key("b"): MISS}, "get after delete_multi")
    store.set_multi({b.key("b"): 3})
    _each_is(store, {**others, b.key("a"): MISS, b.key("b"): 3}, "get after another set_multi")


@clause("N12")
def a_hundred_keys(b: Bench) -> None:
    """A hundred keys go through set_multi, get_multi and delete_multi, in one call each."""
    store = b.open()
    mapping = {b.key(f"{number}"): number for number in range(100)}
    store.set_multi(mapping)
    same(several(store, list(mapping)), list(range(100)), "get_multi of 100 keys")
    with b.quietly():
        _each_is(store, mapping, "get after set_multi of 100 keys")
        keys = list(mapping)
        store.delete_multi(keys[1:])
        _each_is(store, {**dict.fromkeys(keys, MISS), keys[0]: 0}, "get after delete_multi of 99 of 100 keys")


@clause("N13", layers=KEYED)
def get_multi_gives_a_list(b: Bench) -> None:
    """get_multi gives a list: it has a length and can be walked twice."""
    store = b.open()
    store.set(b.key(), 1)
    got = store.get_multi([b.key()])
    check(isinstance(got, list), f"get_multi gave {type(got).__name__}, not a list")
    same(got, [1], "get_multi of one key")


@clause("N14", layers=KEYED)
def lists_of_keys_stay_as_they_are(b: Bench) -> None:
    """get_multi and delete_multi do not change the list of keys."""
    store = b.open()
    keys = [b.key("c"), b.key("a"), b.key("b"), b.key("a")]
    twin = list(keys)
    store.set_multi(dict.fromkeys(keys, 1))
    several(store, keys)
    same(keys, twin, "the list of keys after get_multi")
    store.delete_multi(keys)
    same(keys, twin, "the list of keys after delete_multi")


@clause("N15")
def set_multi_takes_any_mapping(b: Bench) -> None:
    """set_multi takes a mapping that is no dict and cannot be changed."""
    store = b.open()
    mapping = {b.key("one"): 1, b.key("two"): 2}
    store.set_multi(MappingProxyType(mapping))
    _each_is(store, mapping, "get after set_multi of a read-only mapping")


@clause("N16")
def set_multi_replaces(b: Bench) -> None:
    """set_multi replaces earlier values, as set does, each time; set replaces what set_multi wrote."""
    store = b.open()
    one, two = b.key("one"), b.key("two")
    store.set(one, "by set")
    for first, second in ((1, 2), ("", 0), ("x", [1])):
        store.set_multi({one: first, two: second})
        _each_is(store, {one: first, two: second}, "get after set_multi")
    store.set(two, "by set")
    _each_is(store, {one: "x", two: "by set"}, "get after set of a key that set_multi wrote")
    store.delete(one)
    _each_is(store, {one: MISS, two: "by set"}, "get after delete of a key that set_multi wrote")
    store.set_multi({one: "new"})
    _each_is(store, {one: "new", two: "by set"}, "get after set_multi of a deleted key")
    store.set_multi({one: "only"})
    same(several(store, [two, one]), ["by set", "only"], "get_multi after set_multi of one key")


@clause("N17", layers=KEYED)
def single_and_many_agree(b: Bench) -> None:
    """What set wrote is read by get_multi and removed by delete_multi, what set_multi wrote by get and delete."""
    store = b.open()
    one, two, three = b.key("one"), b.key("two"), b.key("three")
    store.set(one, 1)
    store.set_multi({two: 2, three: 3})
    same(several(store, [three, one, two]), [3, 1, 2], "get_multi of keys written one by one and together")
    store.delete(two)
    same(several(store, [three, one]), [3, 1], "get_multi after delete")
    store.delete_multi([one])
    _each_is(store, {one: MISS, two: MISS, three: 3}, "get after delete and delete_multi")
    store.set(one, "again")
    same(several(store, [one, three]), ["again", 3], "get_multi after delete_multi and set")


def _once(keys: Iterable[Any]) -> Iterator[Any]:
    yield from keys
