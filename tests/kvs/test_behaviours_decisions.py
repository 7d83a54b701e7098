"""The decisions of docs/kvs/store.md on what the original did badly, by their letters."""

from __future__ import annotations

import functools
import threading
import time

import pytest

from flake8_mockleak.kvs import (
    VALID_DOGPILE_BACKENDS,
    KeyValueStoreLock,
    LockTimeout,
    MemcachedBackend,
    NotFound,
    ValidationError,
)
from tests.kvs.stand_ins import MEMORY, FakeClock, OuterProxy, RecordingDriver, configured


@pytest.fixture
def backend(monkeypatch):
    """Make memcached backends over a client without a server."""
    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "recording", RecordingDriver)
    return lambda **arguments: MemcachedBackend({"memcached_backend": "recording", **arguments})


def test_decision_a_a_lock_is_of_no_use_after_its_block():
    store = configured(MEMORY)
    with store.get_lock("k") as lock:
        store.set("k", 1, lock)
    assert lock.active is False
    assert lock.acquire_time is None
    with pytest.raises(ValidationError, match="not held"):
        store.set("k", 2, lock)
    with pytest.raises(ValidationError, match="not held"):
        store.delete("k", lock)
    assert store.get("k") == 1
    lock.release()
    with lock:
        store.set("k", 3, lock)
    assert store.get("k") == 3


def test_decision_b_the_window_is_one_second():
    clock = FakeClock()
    lock = KeyValueStoreLock(threading.Lock(), "k", lock_timeout=5, clock=clock)
    with lock:
        clock.advance(4)
        assert not lock.expired
        clock.advance(0.001)
        assert lock.expired
    assert not lock.expired


def test_decision_c_a_mangler_that_fails_changes_nothing(backend):
    def fails_on_b(key):
        return {"a": "hashed"}[key]

    below = backend(no_expiry_keys=["a", "b"])
    below.key_mangler = str.upper
    with pytest.raises(KeyError):
        below.key_mangler = fails_on_b
    assert below.key_mangler == str.upper
    assert below.no_expiry_hashed_keys == {"A", "B"}


def test_decision_d_hashed_and_raw_keys_are_not_one_set(backend):
    given = {"a"}
    below = backend(no_expiry_keys=given)
    given.add("b")
    assert below.raw_no_expiry_keys == below.no_expiry_hashed_keys == {"a"}
    for keys in (below.raw_no_expiry_keys, below.no_expiry_hashed_keys):
        assert not hasattr(keys, "add")


def test_decision_e_the_drivers_mangler_is_where_it_begins(backend, monkeypatch):
    monkeypatch.setattr(RecordingDriver, "key_mangler", staticmethod(str.upper))
    below = backend(no_expiry_keys=["a"])
    assert below.key_mangler is str.upper
    assert below.no_expiry_hashed_keys == {"A"}
    below.key_mangler = None
    assert below.key_mangler is None
    assert below.no_expiry_hashed_keys == {"a"}


def test_decision_f_a_mangler_needs_no_name():
    class Mangler:
        def __call__(self, key):
            return "object_" + key

    for mangler in (functools.partial(str.__add__, "partial_"), Mangler()):
        store = configured(MEMORY, key_mangler=mangler)
        store.set("k", 1)
        assert store.region.backend.get(mangler("k")).payload == 1


def test_decision_g_a_proxy_may_be_an_object():
    proxy = OuterProxy()
    assert configured(MEMORY, proxy_list=[proxy]).region.backend is proxy


def test_decision_h_the_memory_backend_enforces_its_lock_timeout():
    clock = FakeClock()
    store = configured(MEMORY, lock_timeout=5, clock=clock, sleep=clock.sleep)
    with store.get_lock("k") as late:
        clock.advance(5.9)
        assert store.mutex("k").acquire(False) is False
        clock.advance(0.1)
        with store.get_lock("k") as following:
            store.set("k", 1, following)
            with pytest.raises(LockTimeout):
                store.set("k", 2, late)
            late.release()  # logged, for its mutex is another's by now
            assert store.mutex("k").locked()
    assert not store.mutex("k").locked()
    assert store.get("k") == 1


def test_decision_h_the_end_of_a_block_that_took_too_long_is_quiet(caplog):
    clock = FakeClock()
    store = configured(MEMORY, clock=clock, sleep=clock.sleep)
    with store.get_lock("k"):
        clock.advance(100)
    assert "the lock of 'k' expired before it was released" in caplog.text


def test_decision_h_a_mutex_that_fails_in_time_is_heard():
    class Broken:
        def acquire(self, wait=True):
            return True

        def release(self):
            raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        with KeyValueStoreLock(Broken(), "k", lock_timeout=5):
            pass


def test_decision_h_without_locking_nothing_expires():
    clock = FakeClock()
    store = configured(MEMORY, locking=False, clock=clock)
    with store.get_lock("k") as lock:
        clock.advance(100)
        store.set("k", 1, lock)
    assert store.get("k") == 1


def test_decision_i_the_wall_clock_decides_nothing(monkeypatch):
    wall_clock, steps = time.time, [0]
    monkeypatch.setattr(time, "time", lambda: wall_clock() + sum(steps))
    store = configured(MEMORY, lock_timeout=5, expiration_time=60)
    store.set("k", 1)
    with store.get_lock("k") as lock:
        steps.append(10**6)
        assert not lock.expired
        assert store.mutex("k").acquire(False) is False
        assert store.get("k") == 1


def test_decision_i_nor_does_it_on_memcached(backend, monkeypatch):
    steps = [0]
    monkeypatch.setattr(time, "time", lambda: 10**9 + sum(steps))
    below = backend(lock_timeout=5)
    mutex = below.get_mutex("k")
    assert mutex.acquire()
    steps.append(10**6)
    mutex.release()
    assert below.client.entries == {}


def test_decision_i_a_lock_alone_has_the_monotonic_clock_too():
    before = time.monotonic()
    with KeyValueStoreLock(threading.Lock(), "k") as lock:
        assert before <= lock.acquire_time <= time.monotonic()


@pytest.mark.parametrize("backing_store", [MEMORY, "dogpile.cache.memory"])
def test_decision_j_one_of_the_threads_deletes(backing_store):
    class Slow(OuterProxy):
        def delete(self, key):
            time.sleep(0.05)  # between the look and the removal
            super().delete(key)

    store, barrier, outcomes = configured(backing_store, proxy_list=[Slow]), threading.Barrier(4), []
    store.set("k", 1)

    def delete():
        barrier.wait()
        try:
            store.delete("k")
        except NotFound:
            outcomes.append("not found")
        else:
            outcomes.append("deleted")

    threads = [threading.Thread(target=delete) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["deleted", "not found", "not found", "not found"]
