"""Behaviours 16 to 19: proxies around the backend."""

from __future__ import annotations

import logging

import pytest
from dogpile.cache.util import sha1_mangle_key

from flake8_mockleak.kvs import MemoryBackend, ValidationError
from tests.kvs.stand_ins import (
    FORCING,
    MEMCACHED,
    CountingProxy,
    InnerProxy,
    OuterProxy,
    RecordingDriver,
    configured,
)


def layers(store):
    layer, found = store.region.backend, []
    while hasattr(layer, "proxied"):
        found.append(type(layer))
        layer = layer.proxied
    return [*found, type(layer)]


def test_b16_proxies_are_classes_or_dotted_names():
    store = configured(proxy_list=["tests.kvs.stand_ins.OuterProxy", InnerProxy])
    assert layers(store) == [OuterProxy, InnerProxy, MemoryBackend]


def test_b16_a_name_that_cannot_be_imported_is_an_error():
    for name in ("no.such.Proxy", "tests.kvs.stand_ins.NoSuchProxy", "not a name"):
        with pytest.raises(ValidationError, match=name):
            configured(proxy_list=[name])


def test_b17_the_first_is_outermost_and_the_backend_innermost():
    assert layers(configured(proxy_list=[InnerProxy, OuterProxy])) == [InnerProxy, OuterProxy, MemoryBackend]


@pytest.mark.parametrize("wrong", [dict, object(), 7, None, "collections.OrderedDict"])
def test_b18_what_is_no_proxy_is_left_out_with_a_warning(wrong, caplog):
    with caplog.at_level(logging.WARNING, "flake8_mockleak.kvs"):
        store = configured(proxy_list=[OuterProxy, wrong, InnerProxy])
    assert layers(store) == [OuterProxy, InnerProxy, MemoryBackend]
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert repr(wrong) in record.getMessage()


def test_b19_every_call_goes_through_every_proxy():
    outer, inner = CountingProxy(), CountingProxy()
    store = configured(proxy_list=[outer, inner])
    with store.get_lock("k") as lock:
        store.set("k", 1, lock)
    store.get("k")
    store.delete("k")
    store.set_multi({"a": 1, "b": 2})
    store.get_multi(["a", "b"])
    store.delete_multi(["a", "b"])
    # A delete looks first whether there is something.
    assert outer.calls == ["get_mutex", "set", "get", "get", "delete", "set_multi", "get_multi", "delete_multi"]
    assert inner.calls == outer.calls


def test_a_proxy_stands_around_one_backend():
    proxy = OuterProxy()
    configured(proxy_list=[proxy])
    with pytest.raises(ValidationError, match="around another backend already"):
        configured(proxy_list=[proxy])


def test_the_key_mangler_reaches_the_backend_below_the_proxies(monkeypatch):
    from flake8_mockleak.kvs import VALID_DOGPILE_BACKENDS

    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "recording", RecordingDriver)
    store = configured(
        MEMCACHED, memcached_backend="recording", no_expiry_keys=["k"], proxy_list=[OuterProxy, InnerProxy]
    )
    backend = store.region.actual_backend
    assert backend.key_mangler is sha1_mangle_key
    assert backend.no_expiry_hashed_keys == {sha1_mangle_key("k")}


def test_a_backend_insists_on_its_mangler_from_below_the_proxies():
    store = configured(FORCING, key_mangler=sha1_mangle_key, proxy_list=[OuterProxy])
    assert store.region.key_mangler("k") == "forced_k"
