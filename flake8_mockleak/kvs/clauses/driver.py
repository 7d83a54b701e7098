"""X: a pivot over a driver for memcached. Layer 'driver'; the driver is the ProbeDriver."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, raises, same
from flake8_mockleak.kvs.clause import clause
from flake8_mockleak.kvs.probes import PROBE_DRIVER, Call, ProbeClient, ProbeDriver
from flake8_mockleak.kvs.views import View, is_error

DRIVER = ("driver",)
TTL = 86_400


def one(key: str) -> str:
    """A key mangler."""
    return f"one-{key}"


def two(key: str) -> str:
    """Another one."""
    return f"two-{key}"


def _client(store: View) -> ProbeClient:
    client: ProbeClient = store.raw.driver.client
    return client


def _set_mangler(b: Bench, store: View, mangler: Any) -> None:
    b.script.note(f"{store.name}.key_mangler = {getattr(mangler, '__name__', mangler)!s}")
    store.raw.key_mangler = mangler


def _writes(store: View, action: Callable[[], Any]) -> list[Call]:
    """Return the writes that reach the client by an action."""
    client = _client(store)
    client.calls.clear()
    action()
    return client.writes()


def _written(store: View, action: Callable[[], Any], keys: list[str], expires: bool, what: str) -> None:
    """An action writes these keys, each once, with the driver's arguments, with or without ``time``."""
    calls = _writes(store, action)
    same(sorted(key for call in calls for key in call.keys), sorted(keys), f"the keys that {what} wrote")
    expected = {"flavour": "probe", **({"time": TTL} if expires else {})}
    for call in calls:
        check(call.more == expected, f"{what} gave the client {call.more!r}, expected {expected!r}")


@clause("X59", "ttl", layers=DRIVER)
def every_set_has_the_time(b: Bench) -> None:
    """The time to expire goes as `time`, beside the driver's other arguments, with every set and set_multi."""
    store = b.open(expiration_time=TTL)
    _set_mangler(b, store, None)
    for _ in range(2):
        _written(store, lambda: store.set(b.key(), 1), [b.key()], True, "set")
        keys = [b.key("a"), b.key("b"), b.key("c")]
        _written(store, lambda: store.set_multi(dict.fromkeys(keys, 1)), keys, True, "set_multi")
        _written(store, lambda: store.set_multi({keys[0]: 1}), keys[:1], True, "set_multi of one key")
    plain = b.open()
    _set_mangler(b, plain, None)
    _written(plain, lambda: plain.set(b.key(), 1), [b.key()], False, "set without a time to expire")
    _written(plain, lambda: plain.set_multi({b.key(): 1}), [b.key()], False, "set_multi without a time to expire")


@clause("X60", "ttl", "no_expiry", layers=DRIVER)
def no_expiry_keys_have_no_time(b: Bench) -> None:
    """A key of no_expiry_keys is written without `time`, with the other arguments, by set and by set_multi."""
    given = [b.key("bar"), b.key("baz")]
    store = b.open(expiration_time=TTL, no_expiry_keys=given)
    same(given, [b.key("bar"), b.key("baz")], "the list no_expiry_keys that was given")
    _set_mangler(b, store, None)
    for _ in range(2):
        for key in given:
            _written(store, partial(store.set, key, 1), [key], False, "set")
        _written(store, lambda: store.set(b.key("foo"), 1), [b.key("foo")], True, "set of another key")
        _written(store, lambda: store.set(b.key("bar2"), 1), [b.key("bar2")], True, "set of another key")
        _written(store, lambda: store.set_multi(dict.fromkeys(given, 1)), given, False, "set_multi")
        _written(store, lambda: store.set_multi({given[0]: 1}), given[:1], False, "set_multi of one key")
        others = [b.key("foo"), b.key("fox")]
        _written(store, lambda: store.set_multi(dict.fromkeys(others, 1)), others, True, "set_multi of other keys")


@clause("X61", "ttl", "no_expiry", layers=DRIVER)
def a_mixed_set_multi_is_split(b: Bench) -> None:
    """A set_multi of keys that expire and of keys that do not becomes two calls, and every value is stored."""
    stays, goes = [b.key("s1"), b.key("s2")], [b.key("g1"), b.key("g2"), b.key("g3")]
    store = b.open(expiration_time=TTL, no_expiry_keys=stays)
    _set_mangler(b, store, None)
    mapping = {key: f"v{number}" for number, key in enumerate([goes[0], stays[0], goes[1], stays[1], goes[2]])}
    twin = dict(mapping)
    calls = _writes(store, lambda: store.set_multi(mapping))
    same(mapping, twin, "the mapping after set_multi")
    check(len(calls) == 2, f"a mixed set_multi became {len(calls)} calls to the client, expected 2")
    for call in calls:
        expected, keys = (
            ({"flavour": "probe", "time": TTL}, goes) if "time" in call.more else ({"flavour": "probe"}, stays)
        )
        check(call.more == expected, f"the call with {call.keys!r} had {call.more!r}, expected {expected!r}")
        same(sorted(call.keys), sorted(keys), f"the keys of the call with {call.more!r}")
    for key, value in twin.items():
        same(store.get(key), value, "get after a mixed set_multi")
    same(_writes(store, lambda: store.set_multi({})), [], "the calls of set_multi({})")


@clause("X62", "ttl", "no_expiry", layers=DRIVER)
def the_drivers_arguments_stay(b: Bench) -> None:
    """The driver's set_arguments are never changed, and the client never gets the dict itself to change."""
    stays = b.key("stays")
    store = b.open(expiration_time=TTL, no_expiry_keys=[stays])
    arguments = store.raw.driver.set_arguments
    expected = {"flavour": "probe", "time": TTL}
    for mangler in (None, one):
        _set_mangler(b, store, mangler)
        for action in (
            partial(store.set, stays, 1),
            partial(store.set, b.key("goes"), 1),
            partial(store.set_multi, {stays: 1, b.key("goes"): 1}),
            partial(store.set_multi, {stays: 1}),
        ):
            action()
            check(store.raw.driver.set_arguments is arguments, "the driver has other set_arguments after a write")
            check(arguments == expected, f"the driver's set_arguments are {arguments!r} after a write")


@clause("X63", "no_expiry", layers=DRIVER)
def the_keys_without_expiry_are_mangled_anew(b: Bench) -> None:
    """no_expiry_hashed_keys are the mangler's forms of the raw keys, made anew from the raw ones for each mangler."""
    raw = {b.key("a"), b.key("b")}
    store = b.open(expiration_time=TTL, no_expiry_keys=sorted(raw))
    for mangler in (one, two, one, None, two):
        _set_mangler(b, store, mangler)
        expected = {mangler(key) for key in raw} if mangler else raw
        got = set(store.raw.no_expiry_hashed_keys)
        check(got == expected, f"no_expiry_hashed_keys are {sorted(got)!r}, expected {sorted(expected)!r}")
        check(set(store.raw.raw_no_expiry_keys) == raw, f"raw_no_expiry_keys are {store.raw.raw_no_expiry_keys!r}")
        check(store.raw.key_mangler is mangler, f"key_mangler is {store.raw.key_mangler!r} after it was set")
    empty = b.open()
    for mangler in (one, None):
        _set_mangler(b, empty, mangler)
        check(not set(empty.raw.no_expiry_hashed_keys), "keys of one pivot are among those of another")


@clause("X63w", "ttl", "no_expiry", layers=DRIVER)
def mangled_keys_without_expiry_are_known(b: Bench) -> None:
    """A write of a mangled key of no_expiry_keys has no `time`; with another mangler, only its forms have none."""
    raw = [b.key("a"), b.key("b")]
    store = b.open(expiration_time=TTL, no_expiry_keys=raw)
    for mangler, other in ((one, two), (two, one)):
        _set_mangler(b, store, mangler)
        for key in raw:
            for form, expires in (
                (mangler(key), False),
                (other(key), True),
                (key, True),
                (mangler(mangler(key)), True),
            ):
                _written(store, partial(store.set, form, 1), [form], expires, f"set of {form!r}")
                _written(store, partial(store.set_multi, {form: 1}), [form], expires, f"set_multi of {form!r}")


@clause("X64", layers=DRIVER)
def the_mangler_may_be_none(b: Bench) -> None:
    """key_mangler = None takes the mangler away, and the hashed keys are the raw ones."""
    raw = {b.key("a")}
    store = b.open(no_expiry_keys=sorted(raw))
    for before in (None, one):
        _set_mangler(b, store, before)
        _set_mangler(b, store, None)
        check(store.raw.key_mangler is None, f"key_mangler is {store.raw.key_mangler!r} after it was set to None")
        if b.claimed("no_expiry"):
            check(set(store.raw.no_expiry_hashed_keys) == raw, "without a mangler the hashed keys are not the raw ones")


@clause("X65", layers=DRIVER)
def what_cannot_be_called_raises(b: Bench) -> None:
    """A key_mangler that is neither callable nor None raises TypeError, and the earlier one stays."""
    store = b.open(no_expiry_keys=[b.key("a")])
    for before in (one, None):
        _set_mangler(b, store, before)
        hashed = set(getattr(store.raw, "no_expiry_hashed_keys", ()))
        for wrong in ("Non-Callable", 5, "", 0, [], ["x"]):
            error = raises(setattr, store.raw, "key_mangler", wrong, what=f"key_mangler = {wrong!r}")
            check(isinstance(error, TypeError), f"key_mangler = {wrong!r} raised {type(error).__name__}, not TypeError")
            check(
                store.raw.key_mangler is before, f"key_mangler is {store.raw.key_mangler!r} after {wrong!r} was refused"
            )
        check(
            set(getattr(store.raw, "no_expiry_hashed_keys", ())) == hashed,
            "the hashed keys changed by a refused mangler",
        )


@clause("X66", layers=DRIVER)
def fifteen_attempts_unless_told(b: Bench) -> None:
    """max_lock_attempts is 15 unless given, and is kept on the pivot."""
    store = b.open()
    same(store.raw.max_lock_attempts, 15, "max_lock_attempts")
    if b.claimed("max_lock_attempts"):
        for attempts in (1, 7):
            same(b.open(max_lock_attempts=attempts).raw.max_lock_attempts, attempts, "max_lock_attempts as given")


@clause("X57", "mutex", "max_lock_attempts", layers=DRIVER, timeout=30)
def a_waiter_tries_so_often(b: Bench) -> None:
    """A waiting acquire tries max_lock_attempts times, less than a second apart, and then raises UnexpectedError."""
    for attempts in (1, 2, 3) if b.time.real else (1, 2, 3, 7, 15):
        store = b.open(max_lock_attempts=attempts)
        held = store.mutex(b.key())
        check(held.acquire(), "acquire() of a free mutex was falsy")
        client = _client(store)
        client.calls.clear()
        slept = getattr(b.time, "slept", [])
        del slept[:]
        try:
            got = store.mutex(b.key()).acquire()
        except Exception as error:
            check(is_error(error, "UnexpectedError"), f"a waiter that gave up raised {type(error).__name__}: {error}")
        else:
            raise AssertionError(f"acquire() of a held mutex returned {got!r} after its attempts")
        tries = sum(call.what == "add" for call in client.calls)
        check(tries == attempts, f"with max_lock_attempts={attempts} a waiter tried {tries} times")
        check(all(0 <= pause < 1 for pause in slept), f"between its attempts a waiter slept {slept!r} s")
        check(len(slept) <= attempts, f"with max_lock_attempts={attempts} a waiter slept {len(slept)} times")
        held.release()


@clause("X56", "mutex", layers=DRIVER)
def without_waiting_there_is_one_attempt(b: Bench) -> None:
    """acquire(False) tries once, and does not sleep."""
    store = b.open()
    held = store.mutex(b.key())
    check(held.acquire(False), "acquire(False) of a free mutex was falsy")
    client = _client(store)
    client.calls.clear()
    slept = getattr(b.time, "slept", [])
    del slept[:]
    got = store.mutex(b.key()).acquire(False)
    check(got is not None and not got, f"acquire(False) of a held mutex returned {got!r}")
    tries = sum(call.what == "add" for call in client.calls)
    check(tries == 1, f"acquire(False) tried {tries} times")
    check(not slept, f"acquire(False) slept {slept!r} s")
    held.release()


@clause("X42", "mutex", layers=DRIVER)
def the_lock_is_an_entry(b: Bench) -> None:
    """A mutex is the entry '_lock' and the key, with the value 1, added by acquire and deleted by release."""
    timeout: dict[str, Any] = {"lock_timeout": 7} if b.claimed("lock_timeout") else {}
    store = b.open(**timeout)
    client = _client(store)
    name = "_lock" + b.key()
    for _ in range(2):
        client.calls.clear()
        mutex = store.mutex(b.key())
        check(client.lookup(name, None) is None, "making a mutex object acquired it")
        check(mutex.acquire(), "acquire() of a free mutex was falsy")
        added = [call for call in client.calls if call.what == "add"]
        same([call.keys for call in added], [(name,)], "the keys that acquire() added")
        check(added[0].more["value"] == 1, f"the value of the entry is {added[0].more['value']!r}, expected 1")
        if timeout:
            check(added[0].more["time"] == 7, f"the entry was added with time {added[0].more['time']!r}, expected 7")
        check(client.lookup(name, None) == 1, "inside, the entry is not there")
        mutex.release()
        check(client.lookup(name, None) is None, "after release() the entry is there")
    _set_mangler(b, store, one)
    mutex = store.mutex(b.key())
    check(mutex.acquire(), "acquire() of a free mutex was falsy")
    check(client.lookup(name, None) == 1, "with a key mangler, the entry is not under '_lock' and the raw key")
    mutex.release()


@clause("X67", layers=DRIVER)
def the_pivots_arguments_stay_here(b: Bench) -> None:
    """lock_timeout, distributed_lock, no_expiry_keys and memcached_backend do not reach the driver; others do."""
    options: dict[str, Any] = {"lock_timeout": 5, "no_expiry_keys": [b.key()], "expiration_time": TTL}
    store = b.open(**options)
    arguments = store.raw.driver.arguments
    for name in ("lock_timeout", "distributed_lock", "no_expiry_keys", "memcached_backend"):
        check(name not in arguments, f"{name} reached the driver")
    if b.claimed("ttl"):
        got = arguments.get("memcached_expire_time")
        check(got == TTL, f"memcached_expire_time reached the driver as {got!r}, expected {TTL}")
    if b.claimed("lock_timeout"):
        check(store.raw.lock_timeout == 5, f"lock_timeout is {store.raw.lock_timeout!r} on the pivot, expected 5")


@clause("X68", layers=DRIVER)
def unknown_attributes_are_the_drivers(b: Bench) -> None:
    """An attribute that the pivot does not have is that of the driver; one that neither has is an AttributeError."""
    store = b.open()
    driver: ProbeDriver = store.raw.driver
    check(store.raw.probe_attribute is driver.probe_attribute, "an attribute of the driver is another on the pivot")
    same(store.raw.probe_method("ab"), "abab", "a method of the driver, called on the pivot")
    check(store.raw.client is driver.client, "the driver's client is another on the pivot")
    error = raises(getattr, store.raw, "no_such_attribute", what="an attribute that neither has")
    check(isinstance(error, AttributeError), f"an unknown attribute raised {type(error).__name__}")
    other = b.open()
    check(other.raw.driver is not driver, "two pivots have one driver")


@clause("X68d", layers=DRIVER)
def reads_and_deletes_go_to_the_driver(b: Bench) -> None:
    """What is written is in the driver, and what is in the driver is read and deleted, each time."""
    store = b.open()
    _set_mangler(b, store, None)
    driver: ProbeDriver = store.raw.driver
    store.set(b.key("a"), 1)
    store.set_multi({b.key("b"): 2})
    same(driver.get_multi([b.key("a"), b.key("b")]), [1, 2], "what the driver has after set and set_multi")
    driver.set(b.key("a"), "changed")
    same(store.get(b.key("a")), "changed", "get after another process changed the value")
    same(list(store.get_multi([b.key("b"), b.key("a")])), [2, "changed"], "get_multi after that")
    store.delete(b.key("a"))
    store.delete_multi([b.key("b")])
    check(not driver.client.get_multi([b.key("a"), b.key("b")]), "the driver has keys that were deleted")


@clause("X69", "registered_drivers", layers=DRIVER)
def an_unknown_driver_is_refused(b: Bench) -> None:
    """An unknown memcached_backend raises ValueError that names it and lists the valid ones."""
    try:
        b.untracked(memcached_backend="no-such-driver")
    except Exception as error:
        check(isinstance(error, ValueError), f"an unknown memcached_backend raised {type(error).__name__}: {error}")
        for word in ("no-such-driver", PROBE_DRIVER, "memcached"):
            check(word in str(error).replace("memcached_backend", ""), f"the error does not name {word!r}: {error}")
    else:
        raise AssertionError("an unknown memcached_backend raised nothing")


@clause("X71", "registered_drivers", layers=DRIVER)
def a_registered_driver_is_used(b: Bench) -> None:
    """The driver is the one that memcached_backend names."""
    store = b.open(memcached_backend=PROBE_DRIVER)
    check(type(store.raw.driver) is ProbeDriver, f"the driver is {store.raw.driver!r}")
