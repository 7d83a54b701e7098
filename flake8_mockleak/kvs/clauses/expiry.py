"""T: values that expire. With a clock to the moment, without one in real seconds and with room for whole ones."""

from __future__ import annotations

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, miss, same
from flake8_mockleak.kvs.clause import BACKENDS, clause
from flake8_mockleak.kvs.views import View

DAY = 86_400.0


def _edges(b: Bench, ttl: float) -> tuple[float, float]:
    """Return ages, in seconds: one at which a value has to be there, one at which it has to be gone."""
    if not b.time.real:
        return ttl - 0.01, ttl + 0.01
    return ttl * 0.3, ttl + 1.2


def _there(store: View, key: str, value: object, what: str) -> None:
    same(store.get(key), value, f"get {what}")
    same(store.get_multi([key])[0], value, f"get_multi {what}")


def _gone(store: View, key: str, what: str) -> None:
    miss(store.get_multi([key])[0], f"get_multi {what}")
    miss(store.get(key), f"get {what}")


@clause("T01", "ttl", layers=BACKENDS)
def a_value_expires(b: Bench) -> None:
    """A value is there before its time and gone after it, whatever the value."""
    for ttl in (2,) if b.time.real else (2, 1, 60, 3600, 86_400, 600.0):
        store = b.open(expiration_time=ttl)
        store.set(b.key(), "v")
        store.set(b.key("falsy"), 0)
        before, after = _edges(b, ttl)
        b.time.sleep(before)
        _there(store, b.key(), "v", f"{before:g} s after set, with {ttl} s to expire")
        _there(store, b.key("falsy"), 0, f"{before:g} s after set, with {ttl} s to expire")
        b.time.sleep(after - before)
        _gone(store, b.key(), f"{after:g} s after set, with {ttl} s to expire")
        _gone(store, b.key("falsy"), f"{after:g} s after set, with {ttl} s to expire")


@clause("T02", "ttl", layers=BACKENDS)
def values_of_set_multi_expire(b: Bench) -> None:
    """Every value of a set_multi is there before its time and gone after it."""
    store = b.open(expiration_time=2)
    keys = [b.key(name) for name in "abc"]
    before, after = _edges(b, 2)
    store.set_multi({key: key for key in keys})
    single = b.key("single")
    store.set_multi({single: 1})
    b.time.sleep(before)
    same(list(store.get_multi([*keys, single])), [*keys, 1], f"get_multi {before:g} s after set_multi, with 2 s")
    b.time.sleep(after - before)
    for key in (*keys, single):
        _gone(store, key, f"{after:g} s after set_multi, with 2 s to expire")


@clause("T03", "ttl", layers=BACKENDS, timeout=20)
def set_renews_the_time(b: Bench) -> None:
    """A second set, or set_multi, begins the time anew."""
    # In real time, a server that counts whole seconds lets 3 s be no less than 2.
    ttl, first, late = (2, 1.5, 1.9) if not b.time.real else (3, 1.4, 1.7)
    store = b.open(expiration_time=ttl)
    keys = {how: b.key(how) for how in ("set-set", "set-multi", "multi-set", "multi-multi")}
    store.set(keys["set-set"], 1)
    store.set(keys["set-multi"], 1)
    unchanged = b.key("unchanged")
    store.set(unchanged, 2)
    store.set_multi({keys["multi-set"]: 1, keys["multi-multi"]: 1})
    b.time.sleep(first)
    store.set(keys["set-set"], 2)
    store.set(keys["multi-set"], 2)
    store.set(unchanged, 2)
    keys["set-set of an equal value"] = unchanged
    store.set_multi({keys["set-multi"]: 2, keys["multi-multi"]: 2})
    b.time.sleep(late)
    for how, key in keys.items():
        _there(store, key, 2, f"{late} s after the second write of {how}, with {ttl} s to expire")
    b.time.sleep(0.2 if not b.time.real else ttl + 1.1 - late)
    for how, key in keys.items():
        _gone(store, key, f"after the time of the second write of {how}")


@clause("T04", "ttl", layers=BACKENDS)
def get_does_not_renew_the_time(b: Bench) -> None:
    """get and get_multi, however often, do not begin the time anew."""
    store = b.open(expiration_time=2 if not b.time.real else 1)
    one, many, missing = b.key("one"), b.key("many"), b.key("missing")
    store.set(one, 1)
    store.set_multi({many: 2})
    for _ in range(3):
        b.time.sleep(0.5 if not b.time.real else 0.25)
        store.get(one)
        store.get_multi([many, missing])
        miss(store.get(missing), "get of a missing key")
    b.time.sleep(0.6 if not b.time.real else 1.5)
    miss(store.get(one), "get after the time, in which it was read by get")
    miss(store.get_multi([many])[0], "get_multi after the time, in which it was read by get_multi")


@clause("T05", "ttl", layers=BACKENDS)
def zero_is_for_ever(b: Bench) -> None:
    """0 seconds to expire means never, not at once."""
    store = b.open(expiration_time=0)
    store.set(b.key(), "v")
    store.set_multi({b.key("many"): "w"})
    for seconds in (0.0, 1.2) if b.time.real else (0.0, 0.01, 1.0, 60.0, DAY, 400 * DAY):
        b.time.sleep(seconds)
        _there(store, b.key(), "v", f"another {seconds:g} s after set, with 0 s to expire")
        _there(store, b.key("many"), "w", f"another {seconds:g} s after set_multi, with 0 s to expire")


@clause("T06", "ttl", layers=BACKENDS)
def half_a_second(b: Bench) -> None:
    """A time of 0.5 s is honoured within a second, or refused with an error."""
    try:
        store = b.open(expiration_time=0.5)
        store.set(b.key(), "v")
        store.set_multi({b.key("many"): "v"})
    except Exception:
        return
    b.time.sleep(1.55)
    _gone(store, b.key(), "1.55 s after set, with 0.5 s to expire")
    _gone(store, b.key("many"), "1.55 s after set_multi, with 0.5 s to expire")


@clause("T07", "ttl", "ttl_long", layers=("backend",))
def sixty_days(b: Bench) -> None:
    """A time of 31, 60 or 400 days keeps the value, and no longer than that."""
    for days in (31, 60, 400):
        store = b.open(expiration_time=int(days * DAY))
        key, many = b.key(f"{days}"), b.key(f"{days}-many")
        store.set(key, "v")
        store.set_multi({many: "w"})
        _there(store, key, "v", f"at once, with {days} days to expire")
        _there(store, many, "w", f"at once after set_multi, with {days} days to expire")
        if b.time.real:
            continue
        for seconds in (60.0, DAY, 29.5 * DAY - 60.0, (days - 30.5) * DAY - 60.0):
            b.time.sleep(seconds)
            _there(store, key, "v", f"another {seconds:g} s after set, with {days} days to expire")
            _there(store, many, "w", f"another {seconds:g} s after set_multi, with {days} days to expire")
        b.time.sleep(120)
        _gone(store, key, f"after its {days} days")
        _gone(store, many, f"after its {days} days")


@clause("T08", "ttl", layers=BACKENDS)
def a_negative_time(b: Bench) -> None:
    """A negative time to expire is refused, or the value is gone at once; it never makes a value immortal."""
    try:
        store = b.open(expiration_time=-1)
        store.set(b.key(), "v")
    except Exception:
        return
    b.time.sleep(1.2)
    miss(store.get(b.key()), "get 1.2 s after set, with -1 s to expire")


@clause("T09", layers=BACKENDS)
def nothing_expires_unasked(b: Bench) -> None:
    """Without a time to expire a value stays."""
    store = b.open()
    store.set(b.key(), "v")
    store.set_multi({b.key("many"): "w"})
    for seconds in (1.2,) if b.time.real else (1.0, 60.0, 3600.0, DAY, 400 * DAY):
        b.time.sleep(seconds)
        same(store.get(b.key()), "v", f"get another {seconds:g} s after set, without a time to expire")
        same(store.get_multi([b.key("many")])[0], "w", f"get_multi another {seconds:g} s after set_multi")


@clause("T10", "ttl", layers=BACKENDS, timeout=20)
def a_second_is_a_second(b: Bench) -> None:
    """With 1 s to expire a value lives for 0.9 s at least, at whatever part of a second it was set."""
    store = b.open(expiration_time=1)
    if not b.time.real:
        for phase in range(4):
            store.set(b.key(f"{phase}"), "v")
            b.time.sleep(0.9)
            same(store.get(b.key(f"{phase}")), "v", "get 0.9 s after set, with 1 s to expire")
            b.time.sleep(0.35)
        return

    def live(phase: int) -> None:
        b.time.sleep(phase / 5)
        key = b.key(f"{phase}")
        began = b.time.clock()
        store.set(key, "v")
        b.time.sleep(0.895)
        age = b.time.clock() - began
        got = store.get(key)
        # A machine that is busy may come late to its own clause: that says nothing about the store.
        if age < 0.95:
            same(got, "v", f"get {age:.3f} s after set, with 1 s to expire")

    if b.claimed("threads"):
        for worker in [b.start(live, phase) for phase in range(5)]:
            worker.result(10)
    else:
        for phase in range(4):
            live(phase)


@clause("T11", "ttl", "ttl_fraction", layers=BACKENDS)
def fractions_are_kept(b: Bench) -> None:
    """A time with a fraction of a second is kept to the fraction, at whatever part of a second the value was set."""
    for ttl in (0.5, 0.25, 1.5, 2.75) if not b.time.real else (0.5,):
        store = b.open(expiration_time=ttl)
        for turn in range(4 if not b.time.real else 2):
            key = b.key(f"{turn}")
            began = b.time.clock()
            store.set(key, "v")
            store.set_multi({b.key("many"): "w"})
            b.time.sleep(ttl * 0.9)
            got, many = store.get(key), store.get_multi([b.key("many")])[0]
            if b.time.clock() - began < ttl * 0.98:
                same(got, "v", f"get {ttl * 0.9:g} s after set, with {ttl} s to expire")
                same(many, "w", f"get_multi {ttl * 0.9:g} s after set_multi, with {ttl} s to expire")
            b.time.sleep(ttl * 0.1 + (0.02 if not b.time.real else 0.2))
            _gone(store, key, f"after its time of {ttl} s")
            _gone(store, b.key("many"), f"after its time of {ttl} s")
            b.time.sleep(0.2)


@clause("T12", "ttl", layers=BACKENDS, timeout=20)
def an_expired_key_is_a_missing_key(b: Bench) -> None:
    """An expired key is a miss in its place in get_multi, can be deleted in silence, and be set again."""
    store = b.open(expiration_time=2)
    old, fresh, never = b.key("old"), b.key("fresh"), b.key("never")
    store.set_multi({old: 1, b.key("old2"): 2})
    b.time.sleep(2.1 if not b.time.real else 3.2)
    store.set(fresh, 3)
    got = list(store.get_multi([old, fresh, never]))
    check(len(got) == 3, f"get_multi of an expired, a fresh and a missing key gave {len(got)} values")
    miss(got[0], "the expired key in get_multi")
    same(got[1], 3, "the fresh key in get_multi")
    miss(got[2], "the missing key in get_multi")
    store.delete(old)
    store.delete_multi([old, b.key("old2")])
    same(store.get(fresh), 3, "get after an expired key was deleted")
    store.set(old, 4)
    _there(store, old, 4, "after an expired key was set again")


@clause("T13", "ttl", "clock", layers=BACKENDS)
def each_key_has_its_own_time(b: Bench) -> None:
    """Each key expires after its own write: others' writes, deletes and reads do not matter."""
    store = b.open(expiration_time=10)
    keys = [b.key(name) for name in "abcd"]
    store.set(keys[0], 0)
    b.time.sleep(4)
    store.set_multi({keys[1]: 1})
    store.delete(b.key("other"))
    b.time.sleep(4)
    store.set(keys[2], 2)
    store.get_multi(keys)
    for passed, alive in ((1.9, 0b111), (0.2, 0b110), (3.8, 0b110), (0.2, 0b100), (3.8, 0b100), (0.2, 0b000)):
        b.time.sleep(passed)
        for number in range(3):
            if alive >> number & 1:
                same(store.get(keys[number]), number, f"get of key {number} before its time")
            else:
                miss(store.get(keys[number]), f"get of key {number} after its time")


@clause("T14", "ttl", "clock", layers=BACKENDS)
def delete_ends_the_time_too(b: Bench) -> None:
    """A key that was deleted and set again has a whole time, and an overwritten value does not come back."""
    store = b.open(expiration_time=10)
    store.set(b.key(), "old")
    store.set(b.key("replaced"), "old")
    b.time.sleep(8)
    store.delete(b.key())
    store.set(b.key(), "new")
    store.set(b.key("replaced"), "new")
    b.time.sleep(9)
    same(store.get(b.key()), "new", "get 9 s after it was set again, with 10 s to expire")
    b.time.sleep(2)
    for key in (b.key(), b.key("replaced")):
        _gone(store, key, "11 s after it was set again, with 10 s to expire")
    for _ in range(3):
        b.time.sleep(5)
        _gone(store, b.key("replaced"), "long after its time")


@clause("T15", "ttl", "no_expiry", layers=BACKENDS)
def named_keys_never_expire(b: Bench) -> None:
    """The keys in no_expiry_keys stay, written by set or by a set_multi with others; the others expire."""
    stays, stays_too, goes = b.key("stays"), b.key("stays-too"), b.key("goes")
    store = b.open(expiration_time=2, no_expiry_keys=[stays, stays_too])
    if b.layer == "driver":
        store.raw.key_mangler = None
    store.set(stays, 1)
    store.set_multi({stays_too: 2, goes: 3})
    store.set(b.key("goes-too"), 4)
    same(list(store.get_multi([stays, stays_too, goes])), [1, 2, 3], "get_multi at once")
    b.time.sleep(2.1 if not b.time.real else 3.2)
    miss(store.get(goes), "get after the time of a key set by set_multi")
    miss(store.get(b.key("goes-too")), "get after the time of a key set by set")
    same(store.get(stays), 1, "get of a key that never expires, set by set")
    same(store.get(stays_too), 2, "get of a key that never expires, set by set_multi")
    if not b.time.real:
        b.time.sleep(400 * DAY)
        same(list(store.get_multi([stays_too, stays])), [2, 1], "get_multi of keys that never expire, after a year")
