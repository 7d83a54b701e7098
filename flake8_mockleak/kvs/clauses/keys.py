"""K: which keys work, and that different keys are different."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import miss, same
from flake8_mockleak.kvs.clause import KEYED, clause
from flake8_mockleak.kvs.views import View

UNLIMITED = ("backend", "store", "mapping")
"""The layers without 'driver': what keys memcached takes is known, and no matter of the pivot."""


def _works(b: Bench, store: View, key: Any) -> None:
    store.set(key, "one")
    same(store.get(key), "one", f"get({key!r})")
    store.set_multi({key: "two", b.key("plain"): 1})
    same(list(store.get_multi([b.key("plain"), key])), [1, "two"], f"get_multi with {key!r}")
    same(store.get(key), "two", f"get({key!r}) after set_multi")
    store.delete(key)
    miss(store.get(key), f"get({key!r}) after delete")
    store.set(key, "three")
    store.delete_multi([key])
    miss(store.get(key), f"get({key!r}) after delete_multi")
    same(store.get(b.key("plain")), 1, f"get of a plain key after the calls with {key!r}")


def _all_differ(store: View, keys: Sequence[Any]) -> None:
    """All keys together have a value of their own, and lose it alone."""
    for number, key in enumerate(keys):
        store.set(key, number)
    for number, key in enumerate(keys):
        same(store.get(key), number, f"get({key!r}) beside keys that are like it")
    same(list(store.get_multi(keys)), list(range(len(keys))), "get_multi of keys that are like each other")
    for number, key in enumerate(keys):
        store.delete(key)
        miss(store.get(key), f"get({key!r}) after delete")
        for other_number, other in enumerate(keys[number + 1 :], number + 1):
            same(store.get(other), other_number, f"get({other!r}) after delete({key!r})")
    store.set_multi({key: f"m{number}" for number, key in enumerate(keys)})
    for number, key in enumerate(keys):
        same(store.get(key), f"m{number}", f"get({key!r}) after set_multi of keys that are like it")
    store.delete_multi(keys[::2])
    for number, key in enumerate(keys):
        if number % 2:
            same(store.get(key), f"m{number}", f"get({key!r}) after delete_multi of keys that are like it")
        else:
            miss(store.get(key), f"get({key!r}) after delete_multi")


@clause("K01", layers=UNLIMITED)
def a_key_with_spaces(b: Bench) -> None:
    """A key with spaces works; spaces at its ends count."""
    store = b.open()
    _works(b, store, b.key("with a space"))
    _all_differ(store, [b.key("a"), b.key("a "), b.key(" a"), b.key("a  "), " " + b.key("a"), b.key("a\t")])


@clause("K02", layers=UNLIMITED)
def a_key_with_control_characters(b: Bench) -> None:
    """A key with a line end, NUL or another control character works and does nothing else."""
    store = b.open()
    store.set(b.key("bystander"), "safe")
    for name in ("a\nb", "a\r\nb", "a\x00b", "a\x00", "a\x1bb", "\x7f"):
        _works(b, store, b.key(name))
    same(store.get(b.key("bystander")), "safe", "get of another key")
    _all_differ(store, [b.key(name) for name in ("a", "a\n", "a\r\n", "a\x00", "a\x00b", "a\nb")])


@clause("K03", layers=UNLIMITED)
def a_key_beyond_ascii(b: Bench) -> None:
    """A key with letters of any script works."""
    store = b.open()
    for name in ("ключ", "é", "\U0001f511", "鍵", "ÿ"):
        _works(b, store, b.key(name))


@clause("K04", layers=UNLIMITED)
def the_empty_key(b: Bench) -> None:
    """The empty string is a key."""
    store = b.open()
    try:
        _works(b, store, "")
    finally:
        b.cleanup(store.delete, "")


@clause("K05", layers=UNLIMITED)
def a_long_key(b: Bench) -> None:
    """Keys of 300 and of 5000 characters work, and differ by their last character."""
    store = b.open()
    for length in (300, 5000):
        _works(b, store, b.key("k" * length))
        _all_differ(store, [b.key("k" * length + end) for end in ("", "a", "b", "k")])


@clause("K06")
def a_key_of_punctuation(b: Bench) -> None:
    """A key with any visible ASCII character works: none is a pattern, a path or a separator."""
    store = b.open()
    store.set(b.key("bystander"), "safe")
    for name in (
        "*",
        "?",
        "[a-z]",
        "../x",
        "/",
        "\\",
        "a/b",
        ":",
        "%20",
        "%s",
        "{}",
        "{0}",
        "'",
        '"',
        ";--",
        "#",
        "|",
        "\\x",
    ):
        _works(b, store, b.key(name))
    _works(b, store, b.key("".join(map(chr, range(33, 127)))))
    same(store.get(b.key("bystander")), "safe", "get of another key")


@clause("K07")
def a_key_of_230_characters(b: Bench) -> None:
    """Keys of up to 230 characters work, and differ by a single one, wherever it stands."""
    store = b.open()
    for length in (8, 16, 20, 32, 40, 64, 100, 128, 200, 230):
        stem = b.key("k" * (length - len(b.prefix) - 1))
        _all_differ(store, [stem + "a", stem + "b", "z" + stem, stem])


@clause("K08", layers=KEYED)
def the_name_of_a_lock_is_a_key(b: Bench) -> None:
    """Keys that begin with '_lock', as the mutexes' names do in some stores, are keys like others."""
    store = b.open()
    _all_differ(store, [b.key(), "_lock" + b.key(), "_lock_" + b.key(), b.key("_lock")])


@clause("K09")
def keys_are_exact(b: Bench) -> None:
    """Keys differ by case, by prefix, by suffix, by any character, and by leading zeros."""
    store = b.open()
    names = ["key", "KEY", "Key", "kEY", "ke", "k", "keyy", "key.", ".key", "yek", "key1", "key01", "key001", "key-1"]
    _all_differ(store, [b.key(name) for name in names])
    more = [
        "key_1",
        "key:1",
        "key/1",
        "key.1",
        "key+1",
        "key%31",
        "key2",
        "key11",
        "key,1",
        "key\\1",
        "1",
        "1.0",
        "+1",
        "01",
    ]
    _all_differ(store, [b.key(name) for name in more])
    _all_differ(store, [b.key(), b.key().upper(), b.key().title(), b.key() + b.key(), b.prefix, b.key("key")[::-1]])
    letters = [b.key("".join(word)) for word in itertools.product("ab", "ab", "ab")]
    _all_differ(store, letters)


def _distinct_or_refused(store: View, one: Any, other: Any) -> None:
    """Two keys are two, or the second is refused with an error; either way the first keeps its value."""
    store.set(one, "first")
    attempts: list[Callable[[], Any]] = [
        lambda: store.set(other, "second"),
        lambda: store.get(other),
        lambda: store.set_multi({other: "third"}),
        lambda: store.get_multi([other]),
        lambda: store.delete(other),
    ]
    accepted = []
    for attempt in attempts:
        try:
            accepted.append(attempt())
        except Exception:
            accepted.append(None)
        same(store.get(one), "first", f"get({one!r}) after a call with {other!r}")
    _, got, _, several, _ = accepted
    if got is not None:
        same(got, "second", f"get({other!r})")
    if several is not None:
        same(list(several), ["third"], f"get_multi([{other!r}])")


@clause("K10", layers=("backend", "driver", "mapping"))
def bytes_and_str_are_two_keys(b: Bench) -> None:
    """A bytes key and the str key of the same letters are two keys, or one of them is refused with an error."""
    store = b.open()
    _distinct_or_refused(store, b.key("one"), b.key("one").encode())
    store.set(b.key("text"), "v")
    for look in (b.key("text").encode(), str(b.key("text").encode())):
        try:
            got = store.get(look)
        except Exception:
            continue
        miss(got, f"get({look!r}) where only {b.key('text')!r} was set")


@clause("K11")
def numbers_and_their_digits_are_two_keys(b: Bench) -> None:
    """The key 7301 and the key '7301' are two keys, or the number is refused with an error."""
    store = b.open()
    # Not the prefix: the number itself has to be the key. A wide range keeps clauses on one server apart.
    number = int.from_bytes(b.prefix.encode(), "big")
    b.cleanup(store.delete, str(number))
    _distinct_or_refused(store, str(number), number)


@clause("K12", layers=UNLIMITED)
def unicode_forms_are_distinct(b: Bench) -> None:
    """Keys that look alike and are other characters are other keys: no folding, no normal form."""
    store = b.open()
    names = (
        "\u00e9",
        "e\u0301",
        "e",
        "\u00c9",
        "\u00df",
        "ss",
        "\ufb01",
        "fi",
        "\u212b",
        "\u00c5",
        "A\u030a",
        "I",
        "\u0130",
        "\u0131",
    )
    _all_differ(store, [b.key(name) for name in (*names, "\uff21", "A", "\u00b2", "2", "\u03c2", "\u03c3", "\u200bA")])


_AWKWARD = ("with a space", "line\r\nend", "\x00", "é", "k" * 300)


@clause("K13")
def a_refused_key_does_no_harm(b: Bench) -> None:
    """After a key was refused, the store works on and other keys have their values."""
    store = b.open()
    bystander = b.key("bystander")
    store.set(bystander, "safe")
    for name in _AWKWARD:
        for attempt in (lambda key: store.set(key, 1), store.get, store.delete):
            try:
                attempt(b.key(name))
            except Exception:
                pass
            same(store.get(bystander), "safe", f"get of another key after a call with {b.key(name)!r}")
        store.set(b.key("after"), name)
        same(store.get(b.key("after")), name, f"get after the first set that follows the calls with {b.key(name)!r}")


@clause("K14")
def a_key_that_is_taken_works(b: Bench) -> None:
    """A key that is not refused with an error works: what was set is read."""
    store = b.open()
    for key in (*map(b.key, _AWKWARD), ""):
        try:
            store.set(key, "v")
            got = store.get(key)
        except Exception:
            continue
        same(got, "v", f"get({key!r}) after set without an error")
        store.delete(key)
        miss(store.get(key), f"get({key!r}) after delete without an error")


@clause("K16", "bytes_keys", layers=UNLIMITED)
def bytes_keys_work(b: Bench) -> None:
    """A bytes key works on every way, also where it is no UTF-8, and is another key than any str."""
    store = b.open()
    for key in (b.key("b").encode(), b.key().encode() + b"\xff\x00\xfe"):
        _works(b, store, key)
    text = b.key("t")
    _all_differ(store, [text, text.encode(), str(text.encode()), text.encode() + b"\xff", text.encode().hex()])
