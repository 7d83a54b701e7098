"""Real servers for the tests of the stores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from flake8_mockleak.kvs import KeyValueStore
from flake8_mockleak.kvs.servers import Server, ServerUnavailable, start_memcached, start_redis
from tests.kvs.stand_ins import MEMCACHED, configured

REQUIRED = "MOCKLEAK_REQUIRE_SERVERS"
"""Set to 1, a server that is not installed fails the tests that need it. Otherwise they are skipped."""


def serve(start: Callable[[], Server]) -> Iterator[Server]:
    try:
        server = start()
    except ServerUnavailable as missing:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{missing} ({REQUIRED} is set)")
        pytest.skip(str(missing))
    with server:
        yield server


@pytest.fixture(scope="session")
def memcached_server() -> Iterator[Server]:
    """A memcached server for all tests, which therefore must use keys of their own."""
    yield from serve(start_memcached)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Server]:
    """A redis server for all tests, which therefore must use keys of their own."""
    yield from serve(start_redis)


@pytest.fixture
def memcached_store(memcached_server: Server) -> Iterator[Callable[..., KeyValueStore]]:
    """Make stores over the memcached server: ``memcached_store(driver="pymemcache", **what_configure_takes)``.

    Their clients are closed in the end, but for those of other threads, which only the garbage collector closes. A
    module that uses threads ignores its warnings about that.
    """
    stores = []

    def make(driver: str = "pymemcache", **options: Any) -> KeyValueStore:
        address = [memcached_server.address]
        stores.append(configured(MEMCACHED, memcached_backend=driver, url=address, **options))
        return stores[-1]

    yield make
    for store in stores:
        client = store.region.actual_backend.client
        getattr(client, "close", client.disconnect_all)()


@pytest.fixture
def redis_store(redis_server: Server) -> Iterator[Callable[..., KeyValueStore]]:
    """Make stores over the redis server, through dogpile's own backend: ``redis_store(**what_configure_takes)``."""
    pytest.importorskip("redis", reason="pip install redis")
    stores = []

    def make(**options: Any) -> KeyValueStore:
        place = {"host": redis_server.host, "port": redis_server.port, "thread_local_lock": False}
        stores.append(configured("dogpile.cache.redis", **place, **options))
        return stores[-1]

    yield make
    for store in stores:
        store.region.actual_backend.writer_client.close()
