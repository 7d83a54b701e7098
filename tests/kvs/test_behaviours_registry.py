"""Behaviours 11 to 15: stores by name, and the registration of backends."""

from __future__ import annotations

import gc
import threading
import weakref

import dogpile.cache
import pytest
from dogpile.cache import make_region

from flake8_mockleak.kvs import (
    MemcachedBackend,
    MemoryBackend,
    ValidationError,
    get_key_value_store,
    register_backend,
    register_backends,
)
from tests.kvs.stand_ins import MEMORY, OPEN, OpenBackend, configured, fresh


def test_b11_a_name_has_one_store_while_it_lives():
    name = fresh()
    store = get_key_value_store(name)
    assert get_key_value_store(name) is store


def test_b11_threads_that_ask_for_a_name_at_once_get_one_store():
    name, barrier, stores = fresh(), threading.Barrier(8), []

    def ask():
        barrier.wait()
        stores.append(get_key_value_store(name))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 8
    assert len(set(map(id, stores))) == 1


def test_b12_another_name_has_another_store():
    assert get_key_value_store(fresh()) is not get_key_value_store(fresh())
    one, other = configured(), configured()
    one.set("k", 1)
    other.set("k", 2)
    assert one.get("k") == 1


def test_b13_a_store_that_nobody_holds_is_forgotten():
    name = fresh()
    store = get_key_value_store(name)
    store.configure(MEMORY)
    gone = weakref.ref(store)
    del store
    gc.collect()
    assert gone() is None
    assert not get_key_value_store(name).is_configured


def test_a_region_may_be_handed_in():
    region = make_region(name=fresh()).configure("dogpile.cache.memory")
    store = get_key_value_store(region.name, region)
    store.set("k", 1)
    assert store.region is region
    assert region.get("k") == store.get("k") == 1


def test_a_store_keeps_the_region_that_it_has():
    name = fresh()
    store = get_key_value_store(name, make_region(name=name))
    assert get_key_value_store(name) is get_key_value_store(name, store.region) is store
    with pytest.raises(ValidationError, match=name):
        get_key_value_store(name, make_region(name=name))


def test_b14_a_second_registration_changes_nothing():
    register_backends()
    dogpile.cache.register_backend(MEMORY, OpenBackend.__module__, "OpenBackend")
    try:
        register_backends()
        assert type(configured(MEMORY).region.backend) is OpenBackend
    finally:
        dogpile.cache.register_backend(MEMORY, MemoryBackend.__module__, "MemoryBackend")
    assert type(configured(MEMORY).region.backend) is MemoryBackend


def test_b14_both_backends_are_registered():
    register_backends()
    region = make_region().configure("mockleak.kvs.Memory")
    assert type(region.backend) is MemoryBackend
    options = {"memcached_backend": "pymemcache", "url": "127.0.0.1:1"}
    region = make_region().configure("mockleak.kvs.Memcached", arguments=options)
    assert type(region.backend) is MemcachedBackend


def test_b15_more_backends_are_named_after_their_classes():
    assert register_backend("tests.kvs.stand_ins.OpenBackend") == register_backend(OpenBackend) == OPEN
    assert OPEN == "mockleak.kvs.OpenBackend"
    assert type(configured(OPEN).region.backend) is OpenBackend


def test_b15_a_name_may_be_chosen():
    name = register_backend(OpenBackend, "AnotherName")
    assert name == "mockleak.kvs.AnotherName"
    assert type(configured(name).region.backend) is OpenBackend


def test_b15_a_name_is_given_once():
    with pytest.raises(ValidationError, match="mockleak.kvs.Memory.*MemoryBackend already.*OpenBackend"):
        register_backend(OpenBackend, "Memory")
    assert type(configured(MEMORY).region.backend) is MemoryBackend


def test_b15_a_class_that_cannot_be_imported_by_name_is_refused():
    class Local(OpenBackend):
        pass

    with pytest.raises(ValidationError, match="top level of a module"):
        register_backend(Local)
    with pytest.raises(ValidationError, match="dotted name"):
        register_backend("Undotted")


def test_an_unknown_backend_is_refused_with_the_choices():
    with pytest.raises(ValidationError, match="'no.such'.*mockleak.kvs.Memory, mockleak.kvs.Memcached"):
        configured("no.such")
