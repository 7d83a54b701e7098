"""G and R: configuring a store, and finding it by its name. Layer 'store'."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from dogpile.cache import make_region

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, same
from flake8_mockleak.kvs.clause import clause
from flake8_mockleak.kvs.probes import PROBE, Probe
from flake8_mockleak.kvs.storekit import STORE, call, configure, configured, innermost, raises_named, unconfigured
from flake8_mockleak.kvs.views import is_configured


@clause("G01", layers=STORE)
def configure_makes_the_backend(b: Bench) -> None:
    """configure(backing_store) makes the backend of that name, one for each store, and is_configured tells."""
    store = unconfigured(b)
    probe = configure(b, store)
    check(is_configured(store), "is_configured was false after configure()")
    check(type(probe) is Probe, f"the backend of {PROBE} is {probe!r}")
    check(is_configured(store) and not is_configured(unconfigured(b)), "is_configured of a new store was true")
    _, other = configured(b)
    check(other is not probe, "two stores have one backend")
    _, mangling = configured(b, "mockleak.conformance.ManglingProbe")
    check(type(mangling).__name__ == "ManglingProbe", f"the backend of another name is {mangling!r}")


@clause("G03", layers=STORE)
def arguments_reach_the_backend(b: Bench) -> None:
    """Extra keyword arguments reach the backend under their names, as the objects that they are."""
    marker = ["marker"]
    _, probe = configured(b, test_arg=100, marker=marker, nothing=None, falsy=0)
    expected = {"test_arg": 100, "nothing": None, "falsy": 0}
    for name, value in expected.items():
        check(name in probe.arguments, f"the argument {name!r} did not reach the backend")
        same(probe.arguments[name], value, f"the argument {name!r}")
    check(probe.arguments.get("marker") is marker, "an argument reached the backend as another object")
    same(marker, ["marker"], "an argument, after configure()")
    for name in ("key_mangler", "proxy_list", "locking", "enable_key_mangler", "backing_store"):
        check(name not in probe.arguments, f"{name}, which is for the store, reached the backend")
    _, other = configured(b)
    check("test_arg" not in other.arguments, "an argument of one store reached the backend of another")


@clause("G04", layers=STORE)
def the_lock_timeout_gets_a_window(b: Bench) -> None:
    """lock_timeout reaches the backend 1 s longer, 5 s unless given; 0, which is for ever, as it is."""
    choices: tuple[tuple[dict[str, Any], int], ...] = (
        ({}, 6),
        ({"lock_timeout": 10}, 11),
        ({"lock_timeout": 1}, 2),
        ({"lock_timeout": 0}, 0),
    )
    for given, expected in choices:
        _, probe = configured(b, **given)
        got = probe.arguments.get("lock_timeout")
        check(got == expected, f"configure({given!r}) gave the backend the lock_timeout {got!r}, expected {expected}")


@clause("G05", layers=STORE)
def distributed_locks_unless_told(b: Bench) -> None:
    """distributed_lock=True reaches the backend, unless it is given."""
    choices: tuple[tuple[dict[str, Any], bool], ...] = (
        ({}, True),
        ({"distributed_lock": False}, False),
        ({"distributed_lock": True}, True),
    )
    for given, expected in choices:
        _, probe = configured(b, **given)
        got = probe.arguments.get("distributed_lock")
        check(got is expected, f"configure({given!r}) gave the backend distributed_lock={got!r}")


@clause("G06", layers=STORE)
def a_second_configure_is_refused(b: Bench) -> None:
    """A second configure() raises RuntimeError that names the region, and changes nothing."""
    store, probe = configured(b)
    call(b, store, "set", b.key(), "v")
    mangler, backend = store.region.key_mangler, store.region.backend
    again = dict(key_mangler=str.upper, locking=False, enable_key_mangler=False, lock_timeout=77)
    for backing_store, words in ((PROBE, {}), ("mockleak.conformance.ManglingProbe", again)):
        error = raises_named("RuntimeError", configure, b, store, backing_store, what="a second configure()", **words)
        check(not store.region.name or str(store.region.name) in str(error), f"{error!r} does not name the region")
        check(store.region.backend is backend, "the backend is another one after the second configure()")
        check(innermost(store) is probe, "the backend is another one after the second configure()")
        check(store.region.key_mangler == mangler, "the key mangler is another one after the second configure()")
        same(call(b, store, "get", b.key()), "v", "get after the second configure()")
    with call(b, store, "get_lock", b.key()) as lock:
        check(
            probe.seen("acquire") == [b.key()], "locks hold no mutex any more after a refused configure(locking=False)"
        )
        check(getattr(lock, "lock_timeout", 5) == 5, "the lock timeout is another one after the second configure()")


@clause("G07", layers=STORE)
def no_data_before_configure(b: Bench) -> None:
    """Every data call before configure() raises UnexpectedError; after it, it works."""
    store = unconfigured(b)
    key = b.key()
    calls: tuple[tuple[Any, ...], ...] = (
        ("get", key),
        ("get_multi", [key]),
        ("set", key, 1),
        ("set_multi", {key: 1}),
        ("delete", key),
        ("delete_multi", [key]),
    )
    for method, *arguments in calls:
        raises_named("UnexpectedError", call, b, store, method, *arguments, what=f"{method}() before configure()")
    check(not is_configured(store), "is_configured was true before configure()")
    configure(b, store)
    call(b, store, "set", key, 1)
    same(call(b, store, "get", key), 1, "get after configure()")


@clause("G09", layers=STORE)
def locking_is_per_store(b: Bench) -> None:
    """locking=False switches the locks of this store off, not those of stores made before or after it."""
    before, before_probe = configured(b)
    without, without_probe = configured(b, locking=False)
    after, after_probe = configured(b)
    for store in (before, without, after):
        with call(b, store, "get_lock", b.key()):
            pass
    check(before_probe.seen("acquire") == [b.key()], "locking=False of a later store switched locks off")
    check(after_probe.seen("acquire") == [b.key()], "locking=False of an earlier store switched locks off")
    check(not without_probe.seen("acquire"), "a lock acquired its mutex in spite of locking=False")
    explicit, explicit_probe = configured(b, locking=True)
    with call(b, explicit, "get_lock", b.key()):
        check(explicit_probe.seen("acquire") == [b.key()], "a lock with locking=True acquired no mutex")


@clause("G12", layers=STORE)
def an_unknown_backend_is_refused(b: Bench) -> None:
    """configure() with a name that is not registered raises, and leaves the store as it is."""
    store = unconfigured(b)
    try:
        call(b, store, "configure", "mockleak.conformance.no-such-backend")
    except Exception:
        check(not is_configured(store), "is_configured was true after a configure() that raised")
    else:
        raise AssertionError("configure() with an unknown backend raised nothing")


@clause("R01", "registry", layers=STORE)
def a_name_has_one_store(b: Bench) -> None:
    """The store of a name is the same object each time; other names have other stores, with data of their own."""
    one = b.raw(name=b.key("one"))
    other = b.raw(name=b.key("other"))
    longer = b.raw(name=b.key("one-more"))
    check(len({id(one), id(other), id(longer)}) == 3, "two names have one store")
    check(b.raw(name=b.key("one")) is one, "the second store of a name is another object")
    probe = configure(b, one)
    check(not is_configured(other), "a store is configured because another was")
    check(b.raw(name=b.key("one")) is one, "the store of a name is another object after configure()")
    check(is_configured(b.raw(name=b.key("one"))), "the store of a name is no longer configured")
    check(configure(b, other) is not probe, "two names have one backend")
    call(b, one, "set", b.key(), 1)
    raises_named("NotFound", call, b, other, "get", b.key(), what="get of a key of another store")
    check(b.raw(name=b.key("other")) is other, "the second store of another name is another object")


@clause("R03", "registry", layers=STORE)
def the_region_has_the_name(b: Bench) -> None:
    """The region has the name of its store, before and after configure()."""
    for name in (b.key("one"), b.key("two")):
        store = b.raw(name=name)
        same(store.region.name, name, "the name of the region")
        configure(b, store)
        same(store.region.name, name, "the name of the region after configure()")


@clause("R04", "registry", layers=STORE)
def a_dropped_store_is_forgotten(b: Bench) -> None:
    """A store that nobody holds any more is forgotten: its name gets a new one, which is not configured."""
    for configuring in (False, True):
        name = b.key(f"dropped-{configuring}")
        store = b.untracked(name=name)
        if configuring:
            from flake8_mockleak.kvs.probes import register_probe

            register_probe()
            store.configure(PROBE)
        b.script.note(f"store = make(name={name!r}); {'store.configure(...); ' if configuring else ''}del store")
        gone = weakref.ref(store)
        del store
        gc.collect()
        check(gone() is None, "a store that nobody holds is still alive")
        check(not is_configured(b.raw(name=name)), "the new store of a forgotten name is configured already")


@clause("R05", "registry", layers=STORE)
def a_region_may_be_given(b: Bench) -> None:
    """A store that is given a region works on that one."""
    region = make_region(name=b.key("region"))
    store = b.raw(name=b.key("own-region"), region=region)
    check(store.region is region, "the store does not work on the region that it was given")
    configure(b, store)
    check(region.is_configured, "configure() of the store did not configure the region that it was given")
