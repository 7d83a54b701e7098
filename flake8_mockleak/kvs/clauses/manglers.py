"""H: key manglers. Layer 'store'. The facts about precedence are those of Keystone's store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, raises, same
from flake8_mockleak.kvs.clause import clause
from flake8_mockleak.kvs.probes import PROBE, own_mangler
from flake8_mockleak.kvs.storekit import STORE, call, configure, configured, innermost, raises_named, unconfigured
from flake8_mockleak.kvs.views import is_configured

_OWN = "mockleak.conformance.ManglingProbe"
_INSISTING = "mockleak.conformance.InsistingProbe"


def upper(key: str) -> str:
    """A key mangler to give."""
    return f"UPPER-{key}"


def later(key: str) -> str:
    """Another one, to give later."""
    return f"later-{key}"


def _sha1(key: str) -> str:
    return hashlib.sha1(key.encode()).hexdigest()


def _mangles(b: Bench, store: Any, expected: Callable[[str], str] | None) -> None:
    """The region and the backend have the mangler, and every call uses it."""
    probe = innermost(store)
    for where, mangler in (("region", store.region.key_mangler), ("backend", probe.key_mangler)):
        if expected is None:
            check(mangler is None, f"the key mangler of the {where} is {mangler!r}, expected None")
        else:
            check(callable(mangler), f"the key mangler of the {where} is {mangler!r}")
            same(mangler("key"), expected("key"), f"the {where}'s key mangler of 'key'")
    keys = [b.key("one"), b.key("two")]
    wanted = [expected(key) if expected else key for key in keys]
    probe.calls.clear()
    calls: tuple[tuple[Any, ...], ...] = (
        ("set", keys[0], 1),
        ("get", keys[0]),
        ("set_multi", {keys[0]: 1, keys[1]: 2}),
        ("get_multi", keys),
        ("delete", keys[0]),
        ("delete_multi", keys),
        ("set_multi", {keys[1]: 3}),
        ("get_multi", [keys[1]]),
    )
    for method, *arguments in calls:
        before = len(probe.calls)
        result = call(b, store, method, *arguments)
        used = {key for one in probe.calls[before:] for key in one.keys}
        right = set(wanted if len(arguments[0]) == 2 else [])
        if method in ("set", "get", "delete"):
            right = {wanted[0]}
        elif not right:
            right = {wanted[1]}
        check(used == right, f"{method}() reached the backend with {sorted(used)!r}, expected {sorted(right)!r}")
        if method == "get_multi":
            same(list(result), [1, 2] if len(arguments[0]) == 2 else [3], "get_multi")


@clause("H20", layers=STORE)
def sha1_unless_told(b: Bench) -> None:
    """Without any mangler, keys are mangled by sha1: 40 hexadecimal digits."""
    store, _ = configured(b)
    _mangles(b, store, _sha1)
    check(len(store.region.key_mangler("é" * 300)) == 40, "the mangled form of a long key has not 40 characters")


@clause("H22", layers=STORE)
def a_given_mangler_wins(b: Bench) -> None:
    """The mangler given to configure() is used, also over one that the backend has."""
    for backing_store in (PROBE, _OWN):
        store, _ = configured(b, backing_store, key_mangler=upper)
        _mangles(b, store, upper)


@clause("H23", layers=STORE)
def the_backends_own_mangler(b: Bench) -> None:
    """Without one given, the mangler that the backend has is used."""
    store, _ = configured(b, _OWN)
    _mangles(b, store, own_mangler)
    store, _ = configured(b, _INSISTING)
    _mangles(b, store, own_mangler)


@clause("H24", layers=STORE)
def a_backend_may_insist(b: Bench) -> None:
    """A backend with use_backend_key_mangler = True keeps its own mangler against one that is given."""
    store, _ = configured(b, _INSISTING, key_mangler=upper)
    _mangles(b, store, own_mangler)


@clause("H25", layers=STORE)
def mangling_may_be_disabled(b: Bench) -> None:
    """With enable_key_mangler=False no mangler is used, whichever there is; region and backend have None."""
    for backing_store in (PROBE, _OWN, _INSISTING):
        for words in ({}, {"key_mangler": upper}):
            store, _ = configured(b, backing_store, enable_key_mangler=False, **words)
            _mangles(b, store, None)
    store, _ = configured(b, enable_key_mangler=True)
    _mangles(b, store, _sha1)


@clause("H26", layers=STORE)
def a_mangler_may_be_set_later(b: Bench) -> None:
    """set_key_mangler() replaces the mangler on the region and on the backend, for every later call."""
    store, _ = configured(b)
    call(b, store, "set_key_mangler", later)
    _mangles(b, store, later)
    call(b, store, "set_key_mangler", upper)
    _mangles(b, store, upper)
    other, _ = configured(b)
    _mangles(b, other, _sha1)


@clause("H27", layers=STORE)
def what_cannot_be_called_is_refused(b: Bench) -> None:
    """A mangler that is not callable raises ValidationError at configure(), and an error at set_key_mangler()."""
    for wrong in ("sha1", 5, ["x"]):
        store = unconfigured(b)
        raises_named(
            "ValidationError", configure, b, store, key_mangler=wrong, what=f"configure(key_mangler={wrong!r})"
        )
    store, _ = configured(b)
    raises(call, b, store, "set_key_mangler", "sha1", what="set_key_mangler('sha1')")
    check(is_configured(store), "is_configured was false after a set_key_mangler() that raised")


@clause("H29", layers=STORE)
def keys_of_mutexes_are_not_mangled(b: Bench) -> None:
    """get_mutex() of the backend gets the key as it is, whatever the mangler."""
    for words in ({}, {"key_mangler": upper}, {"enable_key_mangler": False}):
        store, probe = configured(b, **words)
        with call(b, store, "get_lock", b.key("lock")):
            pass
        call(b, store, "mutex", b.key("mutex"))
        got = set(probe.seen("get_mutex"))
        check(got == {b.key("lock"), b.key("mutex")}, f"get_mutex() of the backend got {sorted(got)!r}")


@clause("H31", layers=STORE)
def errors_name_the_key_as_given(b: Bench) -> None:
    """NotFound has the key in .target as it was given, not as it was mangled."""
    store, _ = configured(b, key_mangler=upper)
    for method in ("get", "delete"):
        error = raises_named("NotFound", call, b, store, method, b.key(), what=f"{method} of a missing key")
        same(getattr(error, "target", None), b.key(), f"the target of NotFound of {method}")
    error = raises_named("NotFound", call, b, store, "get_multi", [b.key()], what="get_multi of a missing key")
    same(list(getattr(error, "target", ())), [b.key()], "the target of NotFound of get_multi")
