"""V: which values come back, and as what."""

from __future__ import annotations

import datetime
import decimal
import math
import random
import uuid
from functools import partial
from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, miss, raises, same
from flake8_mockleak.kvs.clause import clause
from flake8_mockleak.kvs.samples import Falsy, Pair, Point, Unserialisable
from flake8_mockleak.kvs.views import MISS, View

MIB = 1024 * 1024
_FALSY: tuple[Any, ...] = (None, False, 0, 0.0, "", [], {})
_PICKLED_FALSY: tuple[Any, ...] = ((), set(), frozenset(), b"", bytearray(), decimal.Decimal(0), Falsy(0, 0), 0j)


def _comes_back(b: Bench, store: View, values: Any) -> None:
    """Each value comes back on every way there is: set, set_multi, get, get_multi."""
    keys = []
    mapping = {}
    for number, value in enumerate(values):
        key = b.key(f"s{number}")
        store.set(key, value)
        same(store.get(key), value, "get after set")
        keys.append(key)
        mapping[b.key(f"m{number}")] = value
    store.set_multi(mapping)
    for key, value in mapping.items():
        same(store.get(key), value, "get after set_multi")
    same(list(store.get_multi(keys)), list(values), "get_multi after set")
    same(list(store.get_multi(list(mapping))), list(values), "get_multi after set_multi")


@clause("V01")
def none_is_a_value(b: Bench) -> None:
    """None is a value and not a miss: it comes back, replaces and can be deleted."""
    store = b.open()
    _comes_back(b, store, [None, "v", None])
    store.set(b.key(), "v")
    store.set(b.key(), None)
    same(store.get(b.key()), None, "get after None replaced a value")
    store.delete(b.key())
    miss(store.get(b.key()), "get after delete of a key whose value was None")


@clause("V02")
def falsy_values_survive(b: Bench) -> None:
    """Values that are false come back with their type, replace others and can be deleted."""
    store = b.open()
    values = _FALSY + (_PICKLED_FALSY if b.claimed("pickle") else ())
    _comes_back(b, store, values)
    for number, value in enumerate(values):
        key = b.key(f"r{number}")
        store.set(key, "earlier")
        store.set(key, value)
        same(store.get(key), value, "get after a false value replaced another")
        store.set_multi({key: "earlier"})
        store.set_multi({key: value})
        same(store.get(key), value, "get after a false value replaced another by set_multi")
        store.delete(key)
        miss(store.get(key), f"get after delete of a key whose value was {value!r}")


@clause("V03")
def simple_values_survive(b: Bench) -> None:
    """str, int, float, bool, list and dict come back equal and of the same type; "1" stays apart from 1 and True."""
    store = b.open()
    values = ["text", "1", "1.0", "True", "None", "null", 1, -1, 0, True, False, 1.0, -2.5, 0.1, " 1 ", "[]", "{}"]
    values += [[1, "a", None, True], {"a": 1, "b": [1.5, {"c": None}]}, [[]], [None]]
    _comes_back(b, store, values)


@clause("V16", "json")
def json_documents_survive(b: Bench) -> None:
    """Nested documents, large and small numbers and long texts come back equal and of the same type."""
    store = b.open()
    document: dict[str, Any] = {"deep": [{"a": [{"b": {"c": [None, False, 0, "", [], {}]}}]}], "": "", "x y": "é"}
    values = [
        document,
        2**53 + 1,
        -(2**63),
        10**30,
        1e-300,
        1e300,
        "line\nline\r\n\ttab",
        '"quoted" \\ back',
        "a" * 5000,
    ]
    _comes_back(b, store, values)


@clause("V17", "pickle")
def bytes_survive(b: Bench) -> None:
    """bytes come back as bytes, and text that looks like them as text."""
    store = b.open()
    values: list[Any] = [
        b"abc",
        b"",
        b"1",
        b"\x00\xff\xfe",
        bytes(range(256)),
        bytearray(b"abc"),
        "abc",
        "b'abc'",
        b"\xc3\xa9",
        "é",
    ]
    values += [b"gAR9lC4=", b"\x80\x04N.", [b"a", "a"], {b"a": "a"}, {"a": b"a"}]
    _comes_back(b, store, values)


@clause("V04", "pickle")
def containers_survive(b: Bench) -> None:
    """tuple, set, frozenset and dicts with keys of any type come back as what they were."""
    store = b.open()
    values = [(1, (2,)), (), {1, 2}, frozenset({1}), {1: "a", "1": "b", None: "c", (1, 2): "d"}, [(1,), [1]]]
    _comes_back(b, store, [*values, {True: 1}, {1: True}, Pair(1, [2]), range(3)])
    store.set(b.key("order"), {"z": 1, "a": 2, "m": 3})
    same(list(store.get(b.key("order"))), ["z", "a", "m"], "the order of the keys of a dict")


@clause("V05", "pickle")
def library_types_survive(b: Bench) -> None:
    """Dates, times, Decimal, UUID, complex, and not-a-number come back as what they were."""
    store = b.open()
    utc = datetime.timezone.utc
    values = [datetime.datetime(2024, 2, 29, 12, 30, 1, 999999, tzinfo=utc), datetime.datetime(2024, 2, 29)]
    more = [datetime.date(2024, 2, 29), datetime.timedelta(1, 2, 3), decimal.Decimal("1.10"), uuid.UUID(int=7), 2 + 3j]
    _comes_back(b, store, [*values, *more, ValueError, math.inf, -0.0])
    store.set(b.key("nan"), math.nan)
    got = store.get(b.key("nan"))
    check(isinstance(got, float) and math.isnan(got), f"not-a-number came back as {got!r}")


@clause("V06")
def odd_text_survives(b: Bench) -> None:
    """Text with NUL, line ends, characters beyond 16 bits, combining ones and '|' comes back unchanged."""
    store = b.open()
    texts = [
        "a\x00b",
        "a\nb\r\nc",
        "\U0001f600",
        "\u00e9",
        "e\u0301",
        "a|b",
        '{"a": 1}|b',
        " ",
        "\ufeffx",
        "%s {} \\n",
        "ÄÖÜß",
    ]
    _comes_back(b, store, [*texts, " padded ", "UPPER lower", "END\r\n", "\t", "VALUE a 0 1"])


@clause("V07", "pickle")
def objects_survive(b: Bench) -> None:
    """An instance of a user's class comes back as an equal instance of that class."""
    store = b.open()
    _comes_back(b, store, [Point(1, [2]), Point(Point(None, {}), "s"), [Point(1, 2)], {"p": Point(1, 2)}, Falsy(1, 2)])


@clause("V08", "miss_token")
def the_miss_token_is_no_value(b: Bench) -> None:
    """The token that stands for a missing key is refused as a value, or comes back; it is never lost in silence."""
    store = b.open()
    store.set(b.key(), "earlier")
    for how in (partial(store.set, b.key(), MISS), partial(store.set_multi, {b.key(): MISS})):
        try:
            how()
        except Exception:
            same(store.get(b.key()), "earlier", "get after the miss token was refused")
        else:
            raise AssertionError("the miss token was taken as a value, so that a set key looks like a missing one")


@clause("V09", "pickle", "isolation")
def an_unserialisable_value_is_refused(b: Bench) -> None:
    """A value that cannot be written down raises at set, and the earlier value stays."""
    store = b.open()
    store.set(b.key(), "earlier")
    raises(store.set, b.key(), Unserialisable(), what="set of a value that cannot be serialised")
    same(store.get(b.key()), "earlier", "get after a set that raised")
    raises(store.set, b.key("new"), [Unserialisable()], what="set of a value that cannot be serialised")
    miss(store.get(b.key("new")), "get of a new key after its set raised")
    raises(store.set_multi, {b.key(): Unserialisable()}, what="set_multi of a value that cannot be serialised")
    same(store.get(b.key()), "earlier", "get after a set_multi that raised")
    store.set(b.key("next"), "v")
    same(store.get(b.key("next")), "v", "get of another key, set after the error")


@clause("V10", "pickle", "isolation", "atomic_multi")
def set_multi_is_all_or_nothing(b: Bench) -> None:
    """set_multi with one value that cannot be written down changes nothing, wherever that one stands."""
    for position in range(3):
        store = b.open()
        keys = [b.key(f"{position}{name}") for name in "abc"]
        store.set(keys[(position + 1) % 3], "earlier")
        mapping: dict[str, Any] = dict.fromkeys(keys, 1)
        mapping[keys[position]] = Unserialisable()
        raises(store.set_multi, mapping, what="set_multi with a value that cannot be serialised")
        for number, key in enumerate(keys):
            if number == (position + 1) % 3:
                same(store.get(key), "earlier", "get after a set_multi that raised")
            else:
                miss(store.get(key), "get of a new key after a set_multi that raised")


@clause("V11")
def a_value_of_64_kib(b: Bench) -> None:
    """A value of 64 KiB comes back."""
    store = b.open()
    _comes_back(b, store, [random.Random(11).randbytes(32 * 1024).hex(), "x" * 65536, "é" * 30000])


def _large(b: Bench) -> dict[str, Any]:
    """Values of 1 to 1.5 MiB. Random ones, that no compression makes small, and one that gets smaller."""
    text = random.Random(13).randbytes(3 * MIB // 4).hex()
    values: dict[str, Any] = {
        "x": b.script.named("random.Random(13).randbytes(3 * 2**18).hex()", text),
        "same": "x" * (3 * MIB // 2),
        "list": b.script.named("[random.Random(13).randbytes(3 * 2**18).hex()]", [text]),
        "mib": b.script.named("random.Random(13).randbytes(2**19).hex()", text[:MIB]),
    }
    if b.claimed("pickle"):
        data = random.Random(14).randbytes(3 * MIB // 2)
        values["bytes"] = b.script.named("random.Random(14).randbytes(3 * 2**19)", data)
    return values


@clause("V12", timeout=20)
def a_large_value_is_never_lost_in_silence(b: Bench) -> None:
    """A value of 1.5 MiB is stored, or set raises."""
    store = b.open()
    for name, value in _large(b).items():
        key = b.key(name)
        try:
            store.set(key, value)
        except Exception:
            continue
        same(store.get(key), value, "get of a large value after set without an error")
    for name, value in _large(b).items():
        key = b.key(f"{name}-multi")
        try:
            store.set_multi({key: value, b.key("small"): 1})
        except Exception:
            continue
        same(store.get(key), value, "get of a large value after set_multi without an error")
        same(store.get(b.key("small")), 1, "get of the small value beside it")


@clause("V13", "large_values", timeout=20)
def a_large_value_is_stored(b: Bench) -> None:
    """A value of 1.5 MiB comes back."""
    store = b.open()
    _comes_back(b, store, list(_large(b).values()))


@clause("V14", timeout=20)
def a_large_value_never_leaves_the_old_one(b: Bench) -> None:
    """After a large value was set without an error, the earlier value is not read."""
    store = b.open()
    for name, value in _large(b).items():
        for how, key in (("set", b.key(name)), ("set_multi", b.key(f"{name}-multi"))):
            store.set(key, "earlier")
            try:
                store.set(key, value) if how == "set" else store.set_multi({key: value})
            except Exception:
                continue
            got = store.get(key)
            check(got != "earlier", f"{how} of a large value raised nothing and left the earlier value")


@clause("V15", "pickle")
def a_recursive_structure_survives(b: Bench) -> None:
    """A list that contains itself comes back as one that does."""
    store = b.open()
    knot: list[Any] = [1]
    knot.append(knot)
    store.set(b.key(), knot)
    got = store.get(b.key())
    check(isinstance(got, list) and len(got) == 2, f"the list came back as {got!r}")
    check(got[0] == 1 and got[1] is got, f"the list that contains itself came back as {got!r}")
