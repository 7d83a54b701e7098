"""E: what the data calls of a store raise and return, beyond what backends do. Layer 'store'."""

from __future__ import annotations

import itertools

from dogpile.cache.api import NO_VALUE

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, same
from flake8_mockleak.kvs.clause import clause
from flake8_mockleak.kvs.storekit import STORE, call, configured, raises_named


@clause("E30", layers=STORE)
def get_of_a_missing_key_raises(b: Bench) -> None:
    """get of a missing key raises NotFound whose target is the key."""
    store = b.open()
    for key in (b.key("one"), b.key("two")):
        error = raises_named("NotFound", store.call, "get", key, what="get of a missing key")
        same(getattr(error, "target", None), key, "the target of NotFound")


@clause("E34", layers=STORE)
def delete_of_a_missing_key_raises(b: Bench) -> None:
    """delete of a missing key raises NotFound whose target is the key; so does a second delete."""
    store = b.open()
    error = raises_named("NotFound", store.call, "delete", b.key(), what="delete of a missing key")
    same(getattr(error, "target", None), b.key(), "the target of NotFound")
    for value in ("v", None, 0, ""):
        store.call("set", b.key(), value)
        store.call("delete", b.key())
        error = raises_named("NotFound", store.call, "delete", b.key(), what="the second delete")
        same(getattr(error, "target", None), b.key(), "the target of NotFound")


@clause("E38", layers=STORE)
def get_multi_names_all_missing_keys(b: Bench) -> None:
    """get_multi raises NotFound if any key is missing; target is the list of all that are, in their order."""
    store = b.open()
    names = ("c", "a", "b")
    for there in itertools.product((True, False), repeat=3):
        tag = "".join("ny"[one] for one in there)
        keys = [b.key(name + tag) for name in names]
        store.set_multi({key: key for key, is_there in zip(keys, there, strict=True) if is_there})
        missing = [key for key, is_there in zip(keys, there, strict=True) if not is_there]
        if not missing:
            same(store.call("get_multi", keys), keys, "get_multi of keys that are there")
            continue
        error = raises_named("NotFound", store.call, "get_multi", keys, what=f"get_multi with {missing!r} missing")
        target = getattr(error, "target", None)
        check(isinstance(target, (list, tuple)), f"the target of NotFound is {target!r}, not a list of keys")
        same(list(target or ()), missing, "the target of NotFound")
        error = raises_named("NotFound", store.call, "get_multi", iter(keys), what="get_multi of an iterator")
        same(list(getattr(error, "target", None) or ()), missing, "the target of NotFound for an iterator")


@clause("E35", layers=STORE)
def no_value_stays_inside(b: Bench) -> None:
    """No call returns the token that backends give for a missing key."""
    store = b.open()
    store.set(b.key("there"), "v")
    for method, argument in (("get", b.key()), ("get_multi", [b.key("there"), b.key()]), ("get_multi", [b.key()])):
        try:
            result = store.call(method, argument)
        except Exception:
            continue
        check(result is not NO_VALUE, f"{method} returned NO_VALUE")
        check(not isinstance(result, list) or NO_VALUE not in result, f"{method} returned {result!r}")
    for method, arguments in (("set", (b.key(), 1)), ("delete", (b.key(),)), ("set_multi", ({b.key(): 1},))):
        check(store.call(method, *arguments) is not NO_VALUE, f"{method} returned NO_VALUE")


@clause("E39", layers=STORE)
def delete_multi_is_silent(b: Bench) -> None:
    """delete_multi of missing keys raises nothing, all or some of them."""
    store = b.open()
    store.call("delete_multi", [b.key("a"), b.key("b")])
    store.set(b.key("b"), 1)
    store.call("delete_multi", [b.key("a"), b.key("b"), b.key("c")])
    raises_named("NotFound", store.call, "get", b.key("b"), what="get after delete_multi")


@clause("E40", layers=STORE)
def values_go_to_the_backend(b: Bench) -> None:
    """Each call goes to the backend, each time: another process sees what is set, and what it changes is seen."""
    store, probe = configured(b)
    call(b, store, "set", b.key(), "v")
    call(b, store, "get", b.key())
    for key in probe.seen("set", "set_multi"):
        probe.memory.delete(key)
    b.script.note("# the value is deleted in the backend, as by another process")
    raises_named("NotFound", call, b, store, "get", b.key(), what="get after another process deleted the key")
    call(b, store, "set_multi", {b.key("m"): 1, b.key("n"): 2})
    for key in probe.seen("set_multi"):
        probe.memory.delete(key)
    raises_named("NotFound", call, b, store, "get_multi", [b.key("m"), b.key("n")], what="get_multi after that")
    raises_named("NotFound", call, b, store, "delete", b.key("m"), what="delete after that")
