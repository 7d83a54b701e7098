"""The memcached backend on a real server, through each of the clients that dogpile.cache has a driver for."""

from __future__ import annotations

import functools
import importlib
import os
import random
import threading
import time

import pytest
from dogpile.cache.api import NO_VALUE

from flake8_mockleak.kvs import NotFound, UnexpectedError, ValidationError
from flake8_mockleak.kvs.servers import start_memcached
from tests.kvs.conftest import REQUIRED
from tests.kvs.stand_ins import MEMCACHED, configured, fresh

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

CLIENTS = {
    "bmemcached": ("bmemcached", "python-binary-memcached"),
    "memcached": ("memcache", "python-memcached"),
    "pylibmc": ("pylibmc", "pylibmc"),
    "pymemcache": ("pymemcache", "pymemcache"),
}

SIXTY_DAYS = 60 * 86400


@pytest.fixture(params=sorted(CLIENTS))
def driver(request):
    """The name of a driver whose client is installed."""
    module, distribution = CLIENTS[request.param]
    try:
        importlib.import_module(module)
    except ImportError as error:
        # pylibmc is no pure Python and not to be had everywhere.
        if os.environ.get(REQUIRED) == "1" and distribution != "pylibmc":
            raise
        pytest.skip(f"{error}: pip install {distribution}")
    return request.param


@pytest.fixture
def make(driver, memcached_store):
    """Make stores through that driver."""
    return functools.partial(memcached_store, driver)


def test_values_go_there_and_back(make):
    store, keys = make(), [fresh() for _ in range(3)]
    store.set(keys[0], {"a": [1, None]})
    store.set_multi({keys[1]: None, keys[2]: b"bytes"})
    assert store.get(keys[0]) == {"a": [1, None]}
    assert store.get_multi(reversed(keys)) == [b"bytes", None, {"a": [1, None]}]
    store.delete(keys[0])
    with pytest.raises(NotFound):
        store.delete(keys[0])
    store.delete_multi(keys)
    with pytest.raises(NotFound) as caught:
        store.get_multi(keys)
    assert caught.value.target == keys


def test_two_stores_see_the_same_server(make):
    one, other, key = make(), make(), fresh()
    one.set(key, 1)
    assert other.get(key) == 1
    with one.get_lock(key):
        assert other.mutex(key).acquire(False) is False
        assert other.mutex(key).locked()
    assert not one.mutex(key).locked()


def test_the_server_drops_values_and_locks_in_time(make):
    short, lasting, both = fresh(), fresh(), [fresh(), fresh()]
    store = make(memcached_expire_time=1, no_expiry_keys=[lasting, both[0]], lock_timeout=1)
    store.set(short, 1)
    store.set(lasting, 2)
    store.set_multi({both[0]: 3, both[1]: 4})
    mutex = store.mutex(short)
    assert mutex.acquire()
    assert store.mutex(short).acquire(False) is False
    time.sleep(2.1)  # the lock's timeout and its window; the server counts whole seconds
    with pytest.raises(NotFound) as caught:
        store.get_multi([short, lasting, *both])
    assert caught.value.target == [short, both[1]]
    assert store.get_multi([lasting, both[0]]) == [2, 3]
    following = store.mutex(short)
    assert following.acquire(False) is True
    mutex.release()  # too late, and it is another's by now
    assert following.locked()
    following.release()
    assert not following.locked()


def test_a_long_expiry_time_is_no_date(make):
    # The server takes more than 30 days for a date, long gone.
    store, keys = make(memcached_expire_time=SIXTY_DAYS, lock_timeout=SIXTY_DAYS), [fresh(), fresh()]
    store.set(keys[0], 1)
    store.set_multi({keys[1]: 2})
    assert store.get_multi(keys) == [1, 2]
    with store.get_lock(keys[0]):
        assert store.mutex(keys[0]).locked()


def test_a_value_that_is_too_large_is_an_error_and_leaves_nothing_old(make):
    store, key, large = make(), fresh(), random.Random(7).randbytes(1_500_000)
    store.set(key, "old")
    with pytest.raises(Exception) as caught:
        store.set(key, large)
    # The client's own error, or ours where the client says nothing.
    assert type(caught.value).__module__.partition(".")[0] in {"bmemcached", "flake8_mockleak", "pylibmc", "pymemcache"}
    with pytest.raises(NotFound):
        store.get(key)
    store.set(key, "new")
    assert store.get(key) == "new"


def test_one_value_that_is_too_large_does_not_spoil_the_rest(make):
    store, keys = make(), [fresh() for _ in range(3)]
    store.set_multi(dict.fromkeys(keys, "old"))
    with pytest.raises(Exception):
        store.set_multi({keys[0]: "new", keys[1]: random.Random(7).randbytes(1_500_000), keys[2]: "new"})
    with pytest.raises(NotFound) as caught:
        store.get_multi(keys)
    assert caught.value.target == [keys[1]]
    store.set_multi(dict.fromkeys(keys, "newer"))
    assert store.get_multi(keys) == ["newer"] * 3


def test_a_value_that_cannot_be_pickled_leaves_the_old_one(make):
    store, key = make(), fresh()
    store.set(key, "old")
    with pytest.raises(Exception, match="pickle"):
        store.set(key, threading.Lock())
    assert store.get(key) == "old"


def test_a_refused_key_leaves_the_connection_usable(make):
    store, key = make(enable_key_mangler=False), fresh()
    for wrong in (fresh() * 10, "a\r\nflush_all", f"{key} 0 0 1\r\nx\r\n", ""):
        store.set(key, 1)
        with pytest.raises(ValidationError):
            store.set(wrong, 2)
        with pytest.raises(ValidationError):
            store.get(wrong)
        store.set(key, 3)
        assert store.get(key) == 3


def test_a_nested_lock_gives_up(make):
    store, key = make(max_lock_attempts=2), fresh()
    with store.get_lock(key) as lock:
        with pytest.raises(UnexpectedError, match=f"_lock{key}.*2 attempt"):
            store.get_lock(key).acquire()
        store.set(key, 1, lock)
    with store.get_lock(key) as lock:
        store.delete(key, lock)


def test_threads_exclude_each_other(make):
    store, key = make(), fresh()
    store.set(key, 0)

    def count():
        for _ in range(3):
            with store.get_lock(key) as lock:
                store.set(key, store.get(key) + 1, lock)

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get(key) == 6


def test_the_backend_takes_what_is_iterable(make):
    backend, key = make().region.backend, fresh()
    backend.set_multi({})
    backend.delete_multi(iter([]))
    assert list(backend.get_multi(iter([]))) == []
    backend.set(key, [1])
    assert list(backend.get_multi(iter([key, fresh(), key]))) == [[1], NO_VALUE, [1]]
    backend.delete_multi(iter([key]))
    assert backend.get(key) is NO_VALUE


def test_a_server_that_is_gone_is_an_error(driver):
    with start_memcached() as server:
        store = configured(MEMCACHED, memcached_backend=driver, url=[server.address], max_lock_attempts=1)
        store.set("k", 1)
    with pytest.raises(Exception):
        store.set("k", 2)
    with pytest.raises(Exception):
        store.get_lock("k").acquire()
    client = store.region.backend.client
    getattr(client, "close", client.disconnect_all)()
