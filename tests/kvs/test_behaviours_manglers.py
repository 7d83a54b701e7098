"""Behaviours 20 to 29: how a store's keys become a backend's."""

from __future__ import annotations

import functools
import logging

import pytest
from dogpile.cache.util import sha1_mangle_key

from flake8_mockleak.kvs import VALID_DOGPILE_BACKENDS, NotFound, ValidationError
from tests.kvs.stand_ins import FORCING, MEMCACHED, MEMORY, OPEN, STUBBORN, RecordingDriver, configured

MANGLED = "13fbd79c3d390e5d6585a21e11ff5ec1970cff0c"  # printf k | sha1sum


def prefixed(key):
    return "mine_" + key


def test_b20_the_default_is_sha1():
    store = configured(MEMORY)
    assert store.region.key_mangler is sha1_mangle_key
    store.set("k", 1)
    assert store.region.backend.get(MANGLED).payload == 1
    assert len(MANGLED) == 40


def test_b21_the_mangler_is_set_on_the_backend_too():
    assert configured(MEMORY).region.backend.key_mangler is sha1_mangle_key
    assert configured(MEMORY, key_mangler=prefixed).region.backend.key_mangler is prefixed


def test_b22_one_that_is_given_wins_over_the_backends():
    assert configured(OPEN, key_mangler=prefixed).region.key_mangler("k") == "mine_k"


def test_b23_without_one_it_is_the_backends():
    assert configured(OPEN).region.key_mangler("k") == "open_k"


def test_b24_a_backend_may_insist_on_its_own():
    assert configured(FORCING, key_mangler=prefixed).region.key_mangler("k") == "forced_k"


@pytest.mark.parametrize("backing_store", [MEMORY, OPEN, FORCING])
@pytest.mark.parametrize("given", [None, prefixed])
def test_b25_mangling_may_be_switched_off(backing_store, given):
    store = configured(backing_store, key_mangler=given, enable_key_mangler=False)
    assert store.region.key_mangler is None
    assert store.region.backend.key_mangler is None
    store.set("k", 1)
    store.set_multi({"l": 2})
    assert store.get_multi(["k", "l"]) == [1, 2]
    assert store.region.backend.get("k").payload == 1


def test_b26_a_later_mangler_reaches_the_backend():
    store = configured(MEMORY)
    store.set_key_mangler(prefixed)
    assert store.region.key_mangler is store.region.backend.key_mangler is prefixed
    store.set("k", 1)
    assert store.region.backend.get("mine_k").payload == 1


def test_b26_a_later_mangler_follows_the_same_rules():
    forcing = configured(FORCING)
    forcing.set_key_mangler(prefixed)
    assert forcing.region.key_mangler("k") == "forced_k"
    disabled = configured(MEMORY, enable_key_mangler=False)
    disabled.set_key_mangler(prefixed)
    assert disabled.region.key_mangler is None
    default = configured(MEMORY, key_mangler=prefixed)
    default.set_key_mangler(None)
    assert default.region.key_mangler is sha1_mangle_key
    own = configured(OPEN, key_mangler=prefixed)
    own.set_key_mangler(None)
    assert own.region.key_mangler("k") == "open_k"


@pytest.mark.parametrize("wrong", ["sha1", 7, ("a",)])
def test_b27_what_is_not_callable_is_refused(wrong):
    with pytest.raises(ValidationError, match="key_mangler must be callable"):
        configured(MEMORY, key_mangler=wrong)
    store = configured(MEMORY)
    with pytest.raises(ValidationError, match="key_mangler must be callable"):
        store.set_key_mangler(wrong)
    assert store.region.key_mangler is sha1_mangle_key


def test_b27_the_memcached_backend_refuses_it_with_a_type_error(monkeypatch):
    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "recording", RecordingDriver)
    backend = configured(MEMCACHED, memcached_backend="recording").region.backend
    with pytest.raises(TypeError, match="'not callable'"):
        backend.key_mangler = "not callable"
    assert backend.key_mangler is sha1_mangle_key


def test_b27_a_backend_without_raw_keys_need_not_take_a_mangler(caplog):
    with caplog.at_level(logging.DEBUG, "flake8_mockleak.kvs"):
        store = configured(STUBBORN)
    assert "does not take a key mangler" in caplog.text
    assert store.region.key_mangler is sha1_mangle_key
    store.set("k", 1)
    assert store.region.backend.get(MANGLED).payload == 1


def test_b27_a_backend_with_raw_keys_must_take_it(monkeypatch):
    from tests.kvs.stand_ins import StubbornBackend

    monkeypatch.setattr(StubbornBackend, "raw_no_expiry_keys", frozenset(), raising=False)
    with pytest.raises(AttributeError):
        configured(STUBBORN)


def test_b28_all_calls_mangle_alike():
    store = configured(MEMORY, key_mangler=prefixed)
    stored = store.region.backend
    store.set("a", 1)
    store.set_multi({"b": 2, "c": 3})
    assert [value.payload for value in stored.get_multi(["mine_a", "mine_b", "mine_c"])] == [1, 2, 3]
    assert (store.get("b"), store.get_multi(["a", "c"])) == (2, [1, 3])
    store.delete("b")
    store.delete_multi(["a"])
    for gone in ("a", "b"):
        with pytest.raises(NotFound):
            store.get(gone)
    assert store.get("c") == 3


def test_b29_the_keys_of_mutexes_are_not_mangled():
    store = configured(OPEN, key_mangler=prefixed)
    with store.get_lock("k"):
        assert store.region.backend.entries == {"_lockk": 1}


def test_a_mangler_needs_no_name():
    # The original failed on it, in the line that logs the name.
    store = configured(MEMORY, key_mangler=functools.partial(str.__add__, "partial_"))
    store.set("k", 1)
    assert store.region.backend.get("partial_k").payload == 1
