"""B: one key at a time, and that what is stored is nobody else's."""

from __future__ import annotations

import copy
from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, miss, same
from flake8_mockleak.kvs.clause import BACKENDS, KEYED, clause
from flake8_mockleak.kvs.samples import Point


@clause("B01")
def missing_key_is_a_miss(b: Bench) -> None:
    """get of a key that was never set is a miss, also when other keys are set."""
    store = b.open()
    miss(store.get(b.key()), "get of a missing key in an empty store")
    store.set(b.key("other"), "v")
    miss(store.get(b.key()), "get of a missing key beside another")
    miss(store.get(b.key()), "the second get of it")


@clause("B02")
def get_returns_the_value(b: Bench) -> None:
    """get returns a value equal to the one that was set, each time it is called."""
    store = b.open()
    store.set(b.key(), "value")
    for _ in range(3):
        same(store.get(b.key()), "value", "get after set")


@clause("B03")
def set_replaces(b: Bench) -> None:
    """set replaces the earlier value, by any other value, as often as it is called."""
    store = b.open()
    values: tuple[Any, ...] = ("first", "second", "", "third", 0, ["fourth"], [], False, 5, {}, "second", "second")
    for value in values:
        store.set(b.key(), value)
        same(store.get(b.key()), value, "get after the last set")


@clause("B04")
def delete_removes(b: Bench) -> None:
    """delete removes the key, each one, as often as it is set again."""
    store = b.open()
    one, two = b.key("one"), b.key("two")
    for turn in ("once", "again"):
        store.set(one, turn)
        store.set(two, turn)
        store.delete(one)
        miss(store.get(one), f"get after delete, {turn}")
        store.delete(two)
        miss(store.get(two), f"get of the second key after its delete, {turn}")
    store.set(one, "back")
    same(store.get(one), "back", "get after delete and set")


@clause("B05", layers=BACKENDS)
def delete_of_a_missing_key_is_silent(b: Bench) -> None:
    """delete of a missing key does nothing and raises nothing, twice."""
    store = b.open()
    store.delete(b.key())
    store.delete(b.key())
    miss(store.get(b.key()), "get after two deletes of a missing key")
    store.set(b.key(), "v")
    store.delete(b.key())
    store.delete(b.key())
    miss(store.get(b.key()), "get after the second delete")


@clause("B09")
def set_and_delete_leave_other_keys_alone(b: Bench) -> None:
    """set and delete change one key, not the others."""
    store = b.open()
    keys = [b.key(name) for name in ("a", "b", "ab", "abc", "c")]
    for key in keys:
        store.set(key, f"value of {key}")
    for gone, key in enumerate(keys):
        store.delete(key)
        miss(store.get(key), "get of the deleted key")
        for other in keys[gone + 1 :]:
            same(store.get(other), f"value of {other}", f"get after delete({key!r})")


@clause("B10")
def get_changes_nothing(b: Bench) -> None:
    """get leaves the value in place and the keys as they were; a get of a missing key does not create it."""
    store = b.open()
    store.set(b.key("kept"), "v")
    for _ in range(5):
        miss(store.get(b.key("missing")), "get of a missing key")
        same(store.get(b.key("kept")), "v", "get, again")
        store.get_multi([b.key("missing"), b.key("kept")])
    miss(store.get(b.key("missing")), "get of the missing key after all")


@clause("B11")
def many_changes_of_one_key(b: Bench) -> None:
    """The last call on a key counts, over a long row of set and delete on several keys."""
    store = b.open()
    keys = [b.key(name) for name in ("x", "y", "z")]
    model: dict[str, Any] = {}
    with b.quietly():
        for step in range(120):
            key = keys[step * 7 % 3]
            if step * step % 5 == 1 and key in model:
                store.delete(key)
                del model[key]
            else:
                store.set(key, step)
                model[key] = step
            for other in keys:
                if other in model:
                    same(store.get(other), model[other], f"get after {step + 1} changes")
                else:
                    miss(store.get(other), f"get after {step + 1} changes")


_CHANGES: tuple[tuple[str, Any, Any], ...] = (
    ("a list", lambda: [1, [2]], lambda value: value.append(3)),
    ("a list in a list", lambda: [1, [2]], lambda value: value[1].append(3)),
    ("a dict", lambda: {"a": {"b": [1]}}, lambda value: value.update(c=1)),
    ("a list deep in a dict", lambda: {"a": {"b": [1]}}, lambda value: value["a"]["b"].clear()),
)
_PICKLED: tuple[tuple[str, Any, Any], ...] = (
    ("a set", lambda: {1, 2}, lambda value: value.clear()),
    ("a bytearray", lambda: bytearray(b"abc"), lambda value: value.extend(b"d")),
    ("an object", lambda: Point(1, [2]), lambda value: setattr(value, "x", 9)),
    ("a list in an object", lambda: Point(1, [2]), lambda value: value.y.append(3)),
    ("a list in a tuple", lambda: (1, [2]), lambda value: value[1].append(3)),
)


def _mutable(b: Bench) -> tuple[tuple[str, Any, Any], ...]:
    return _CHANGES + _PICKLED if b.claimed("pickle") else _CHANGES


@clause("B06", "isolation")
def isolated_from_the_value_given_to_set(b: Bench) -> None:
    """A change of the object after set, at any depth, is not seen by get."""
    store = b.open()
    for number, (what, build, change) in enumerate(_mutable(b)):
        value, key = build(), b.key(f"{number}")
        store.set(key, value)
        change(value)
        b.script.note(f"# {what} that was given to set is changed here")
        same(store.get(key), build(), f"get after a change of {what} that was given to set")


@clause("B07", "isolation")
def isolated_from_the_value_got(b: Bench) -> None:
    """A change of the object that get returned, at any depth, is not seen by the next get."""
    store = b.open()
    for number, (what, build, change) in enumerate(_mutable(b)):
        key = b.key(f"{number}")
        store.set(key, build())
        for turn in ("first", "second"):
            change(store.get(key))
            b.script.note(f"# {what} that get returned is changed here")
            same(store.get(key), build(), f"get after a change of {what} that the {turn} get returned")


@clause("B08", "isolation")
def another_object_comes_back(b: Bench) -> None:
    """get returns another object than the one given to set, and each get another."""
    store = b.open()
    for number, (what, build, _) in enumerate(_mutable(b)):
        key, value = b.key(f"{number}"), build()
        store.set(key, value)
        first, second = store.get(key), store.get(key)
        check(first is not value, f"get returned the very object that was set, {what}")
        check(first is not second, f"two gets returned the same object, {what}")


@clause("B06m", "isolation")
def isolated_from_the_values_given_to_set_multi(b: Bench) -> None:
    """As B06, for set_multi; two keys that were set to one object are two."""
    store = b.open()
    for number, (what, build, change) in enumerate(_mutable(b)):
        value, keys = build(), [b.key(f"{number}a"), b.key(f"{number}b")]
        store.set_multi({keys[0]: value, keys[1]: value})
        change(value)
        b.script.note(f"# {what} that was given to set_multi is changed here")
        for key in keys:
            same(store.get(key), build(), f"get after a change of {what} that was given to set_multi")
        change(store.get(keys[0]))
        same(store.get(keys[1]), build(), f"get of a key that was set to the same {what} as the changed one")


@clause("B07m", "isolation", layers=KEYED)
def isolated_from_the_values_got_by_get_multi(b: Bench) -> None:
    """As B07, for get_multi; what get returned and what get_multi returned are apart too."""
    store = b.open()
    for number, (what, build, change) in enumerate(_mutable(b)):
        keys = [b.key(f"{number}a"), b.key(f"{number}b")]
        values = [build(), build()]
        store.set_multi(dict(zip(keys, values, strict=True)))
        got = store.get_multi(keys)
        for value, given in zip(got, values, strict=True):
            check(value is not given, f"get_multi returned the very object that was set, {what}")
            change(value)
        b.script.note(f"# {what} that get_multi returned is changed here")
        for key in keys:
            same(store.get(key), build(), f"get after a change of {what} that get_multi returned")
        same(store.get_multi(keys), [build(), build()], f"get_multi after a change of {what} that it returned")
        change(store.get(keys[0]))
        same(store.get_multi(keys)[0], build(), f"get_multi after a change of {what} that get returned")


@clause("B12", "isolation")
def the_store_leaves_the_value_as_it_is(b: Bench) -> None:
    """set and set_multi do not change the objects that they are given."""
    store = b.open()
    for number, (what, build, _) in enumerate(_mutable(b)):
        value = build()
        twin = copy.deepcopy(value)
        store.set(b.key(f"{number}"), value)
        store.set_multi({b.key(f"{number}m"): value})
        store.get(b.key(f"{number}"))
        store.delete(b.key(f"{number}"))
        same(value, twin, f"{what}, after it was set")
