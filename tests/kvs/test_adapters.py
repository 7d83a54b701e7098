"""The adapters: stores behind them pass the suite, over real servers where they need one."""

from __future__ import annotations

import unittest
from collections import UserDict

import pytest

from flake8_mockleak.kvs import DogpileBackend, MappingBackend, MemcacheBackend, RedisBackend, conformance
from flake8_mockleak.kvs.adapters import JSON
from tests.kvs.test_suite import run

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


def assert_passes(case: type[unittest.TestCase], *ids: str) -> None:
    result = run(case, *ids)
    assert result.wasSuccessful(), "\n".join(text for _, text in result.failures + result.errors)
    assert result.testsRun > len(result.skipped)


def test_a_mapping_passes_as_a_mapping_and_as_a_backend() -> None:
    assert_passes(conformance(lambda: UserDict(), layer="mapping", claims={"private", "unbounded", "bytes_keys"}))
    assert_passes(conformance(lambda: MappingBackend({}), claims={"private", "unbounded", "bytes_keys"}))


def test_a_faulty_mapping_does_not() -> None:
    class Folding(UserDict):
        def __setitem__(self, key, value):
            super().__setitem__(key.lower(), value)

        def __getitem__(self, key):
            return super().__getitem__(key.lower())

    result = run(conformance(lambda: Folding(), layer="mapping"), "K09", "Y01")
    assert [text for _, text in result.failures if "K09 keys_are_exact" in text]


def test_redis_with_json(redis_server) -> None:
    redis = pytest.importorskip("redis")

    def make(**options):
        return RedisBackend(redis.Redis(port=redis_server.port), serializer=JSON, **options)

    fast = ("B01", "B04", "N02", "V01", "V02", "V03", "V16", "S01", "M01", "M08", "C03i", "D01", "D02", "T06", "T11")
    assert_passes(
        conformance(
            make, claims={"json", "shared", "mutex", "mutex_owner", "ttl", "ttl_fraction", "threads", "atomic_multi"}
        ),
        *fast,
    )


def test_pymemcache(memcached_server) -> None:
    pymemcache = pytest.importorskip("pymemcache")

    def make(**options):
        return MemcacheBackend(pymemcache.Client((memcached_server.host, memcached_server.port)), **options)

    assert_passes(
        conformance(make, claims={"pickle", "shared"}), "B01", "B04", "N02", "N08", "V01", "V05", "S01", "V12", "V14"
    )
    with pytest.raises(ValueError, match="whole seconds, expiration_time is 0.5"):
        make(expiration_time=0.5)


def test_a_dogpile_backend_has_its_values_wrapped() -> None:
    memory = DogpileBackend("dogpile.cache.memory", {})
    memory.set("key", [1])
    assert memory.backend.get("key").payload == [1]
    pickled = DogpileBackend("dogpile.cache.memory_pickle", {})
    pickled.set("key", [1])
    assert isinstance(pickled.backend.get("key"), bytes)
    assert pickled.get("key") == [1]
