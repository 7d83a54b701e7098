"""The tests by which OpenStack Keystone checked its key-value store (Apache License 2.0, Copyright 2013 Metacloud,
Inc.; commit be1778a72 of 2015), each of them translated to this store and written anew.

The names are Keystone's. Its comparisons of a list with a dictionary's view, which are never equal on Python 3, are
mended. Where a test uses the memory backend or memcached, it runs on it; for memcached, on Keystone's kind of driver
and on a real server.
"""

from __future__ import annotations

import pytest
from dogpile.cache.util import sha1_mangle_key

from flake8_mockleak.kvs import (
    VALID_DOGPILE_BACKENDS,
    KeyValueStoreLock,
    LockTimeout,
    MemcachedBackend,
    MemoryBackend,
    NotFound,
    UnexpectedError,
    get_key_value_store,
    register_backends,
)
from tests.kvs.stand_ins import (
    FORCING,
    MEMCACHED,
    MEMORY,
    OPEN,
    ForcingBackend,
    InnerProxy,
    OpenBackend,
    OuterProxy,
    RecordingDriver,
    configured,
    fresh,
)

DAY = 86400


@pytest.fixture
def foo():
    return fresh("foo_")


@pytest.fixture
def bar():
    return fresh("bar_")


@pytest.fixture(params=["memory", "memcached"])
def store(request):
    """The memory backend, and a real server for the same tests."""
    if request.param == "memory":
        return configured(MEMORY)
    return request.getfixturevalue("memcached_store")()


@pytest.fixture(params=["driver", "server"])
def memcached(request, monkeypatch):
    """Make stores over memcached: through a driver without a server, and through a real one."""
    if request.param == "server":
        return request.getfixturevalue("memcached_store")
    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "recording", RecordingDriver)
    return lambda **options: configured(MEMCACHED, memcached_backend="recording", **options)


def test_kvs_basic_configuration():
    names = fresh(), fresh()
    one, two = map(get_key_value_store, names)
    one.configure(MEMORY)
    two.configure(OPEN, test_arg=100)
    assert isinstance(one.region.backend, MemoryBackend)
    assert (one.region.name, two.region.name) == names
    assert two.region.backend.arguments["test_arg"] == 100


def test_kvs_proxy_configuration():
    store = configured(MEMORY, proxy_list=["tests.kvs.stand_ins.OuterProxy", "tests.kvs.stand_ins.InnerProxy"])
    backend = store.region.backend
    assert isinstance(backend, OuterProxy)
    assert isinstance(backend.proxied, InnerProxy)
    assert isinstance(backend.proxied.proxied, MemoryBackend)


def test_kvs_key_mangler_fallthrough_default():
    region = configured(MEMORY).region
    assert region.key_mangler is sha1_mangle_key
    assert region.backend.key_mangler is sha1_mangle_key


def test_kvs_key_mangler_configuration_backend(foo):
    store = configured(OPEN)
    assert store.region.key_mangler(foo) == OpenBackend({}).key_mangler(foo) == "open_" + foo


def test_kvs_key_mangler_configuration_forced_backend(foo):
    store = configured(FORCING, key_mangler=sha1_mangle_key)
    assert store.region.key_mangler(foo) == ForcingBackend({}).key_mangler(foo) == "forced_" + foo


def test_kvs_key_mangler_configuration_disabled():
    region = configured(MEMORY, enable_key_mangler=False).region
    assert region.key_mangler is None
    assert region.backend.key_mangler is None


def test_kvs_key_mangler_set_on_backend():
    def unchanged(key):
        return key

    store = configured(MEMORY)
    assert store.region.backend.key_mangler is sha1_mangle_key
    store.set_key_mangler(unchanged)
    assert store.region.backend.key_mangler is unchanged


def test_kvs_basic_get_set_delete(store, bar):
    value = {"complex_data_structure": fresh()}
    with pytest.raises(NotFound):
        store.get(key=bar)
    store.set(bar, value)
    returned = store.get(bar)
    assert returned == value
    assert returned is not value
    store.delete(bar)
    with pytest.raises(NotFound):
        store.delete(key=bar)


def test_kvs_multi_get_set_delete(store, foo, bar):
    keys = [foo, bar]
    values = [fresh(), {"complex_data_structure": fresh()}]
    store.set_multi(dict(zip(keys, values)))
    assert store.get_multi(keys) == values
    store.delete_multi(keys)
    with pytest.raises(NotFound):
        store.get_multi(keys=keys)
    for key in keys:
        with pytest.raises(NotFound):
            store.get(key=key)
    store.set(foo, values[0])
    with pytest.raises(NotFound):
        store.get_multi(keys=keys)


def test_kvs_locking_context_handler(foo):
    store = configured(OPEN, enable_key_mangler=False)
    entries = store.region.backend.entries
    assert entries == {}
    with KeyValueStoreLock(store.mutex(foo), foo):
        assert entries == {"_lock" + foo: 1}
    assert entries == {}


def test_kvs_locking_context_handler_locking_disabled(foo):
    store = configured(OPEN, enable_key_mangler=False, locking=False)
    entries = store.region.backend.entries
    with KeyValueStoreLock(store.mutex(foo), foo, False):
        assert entries == {}
    assert entries == {}


def act_after(store, offset):
    """Use a lock as if it had been acquired ``offset`` seconds ago."""
    key = fresh()
    with store.get_lock(key) as lock:
        assert lock.active
        lock.acquire_time -= offset
        with store.action_with_lock(key, lock):
            return "done"


def test_kvs_with_lock_action_context_manager_timeout(store):
    assert store.lock_timeout == 5
    assert act_after(store, 2) == "done"
    for offset in (store.lock_timeout, 100):
        with pytest.raises(LockTimeout):
            act_after(store, offset)


def test_kvs_with_lock_action_mismatched_keys(store, foo, bar):
    with store.get_lock(foo) as lock:
        assert lock.active
        with pytest.raises(ValueError):
            with store.action_with_lock(bar, lock):
                pytest.fail("the lock is for another key")


def test_kvs_with_lock_action_context_manager(foo):
    store = configured(OPEN, enable_key_mangler=False)
    entries = store.region.backend.entries
    with store.get_lock(foo) as lock:
        with store.action_with_lock(foo, lock):
            assert lock.active
            assert entries == {"_lock" + foo: 1}
    assert entries == {}


def test_kvs_with_lock_action_context_manager_no_lock(foo):
    store = configured(OPEN, enable_key_mangler=False)
    entries = store.region.backend.entries
    assert entries == {}
    with store.action_with_lock(foo, None):
        assert entries == {}
    assert entries == {}


def test_kvs_backend_registration_does_not_reregister_backends():
    before = type(configured(MEMORY).region.backend)
    register_backends()
    assert type(configured(MEMORY).region.backend) is before is MemoryBackend


def test_kvs_memcached_manager_valid_dogpile_memcached_backend(memcached):
    driver = memcached().region.backend.driver
    assert type(driver) in {RecordingDriver, VALID_DOGPILE_BACKENDS["pymemcache"]}


def test_kvs_memcached_manager_invalid_dogpile_memcached_backend():
    store = get_key_value_store(fresh())
    with pytest.raises(ValueError):
        store.configure(backing_store=MEMCACHED, memcached_backend=fresh())


def test_kvs_memcache_manager_no_expiry_keys(memcached):
    def another(key):
        return "_mangled_key_" + key

    raw = {"test_key"}
    store = memcached(no_expiry_keys=raw)
    backend = store.region.backend
    assert backend.key_mangler is sha1_mangle_key
    assert backend.no_expiry_hashed_keys == {store.region.key_mangler(key) for key in raw}
    assert backend.raw_no_expiry_keys == raw
    backend.key_mangler = another
    assert backend.no_expiry_hashed_keys == {another(key) for key in raw}
    assert backend.raw_no_expiry_keys == raw == {"test_key"}


def test_kvs_memcache_key_mangler_set_to_none(memcached):
    backend = memcached(no_expiry_keys={"test_key"}).region.backend
    assert backend.key_mangler is sha1_mangle_key
    backend.key_mangler = None
    assert backend.raw_no_expiry_keys == backend.no_expiry_hashed_keys == {"test_key"}
    assert backend.key_mangler is None


def test_noncallable_key_mangler_set_on_driver_raises_type_error(memcached):
    backend = memcached().region.backend
    with pytest.raises(TypeError):
        backend.key_mangler = "Non-Callable"


def test_kvs_memcache_set_arguments_and_memcache_expires_ttl(monkeypatch, foo, bar):
    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "recording", RecordingDriver)
    store = configured(
        backing_store=MEMCACHED,
        enable_key_mangler=False,
        memcached_backend="recording",
        memcached_expire_time=DAY,
        some_other_arg=fresh(),
        no_expiry_keys=[bar],
    )
    backend = store.region.backend
    assert backend.client_arguments() == {"time": DAY}

    store.set(foo, "value of foo")
    store.set(bar, "value of bar")
    store.set_multi({foo: "value of foo"})
    store.set_multi({bar: "value of bar"})
    seen = [
        ({key: value.payload for key, value in stored.items()}, arguments)
        for _, stored, arguments in backend.driver.client.calls
    ]
    expiring, lasting = ({foo: "value of foo"}, {"time": DAY}), ({bar: "value of bar"}, {})
    assert seen == [expiring, lasting, expiring, lasting]


def test_memcached_lock_max_lock_attempts(memcached):
    store, key = memcached(max_lock_attempts=1), fresh()
    assert store.region.backend.max_lock_attempts == 1
    with store.get_lock(key) as lock:
        store.set(key, "testing", lock)
    with pytest.raises(UnexpectedError):
        with store.get_lock(key) as first:
            store.set(key, "lock", first)
            with store.get_lock(key) as second:
                store.set(key, "lock-within-a-lock", second)
    assert store.get(key) == "lock"
    with store.get_lock(key) as lock:
        assert lock.active


def test_invalid_backend_fails_initialization():
    with pytest.raises(ValueError, match="FakeBackend"):
        MemcachedBackend({"url": "needed to get to the driver", "memcached_backend": "FakeBackend"})
