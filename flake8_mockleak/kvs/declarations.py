"""Declarations of real stores: how each is made, what it claims, and where it is known to deviate, with the reason.

Measured on dogpile.cache 1.5.0, redis-py 8.1.0, pymemcache 4.0.0, python-memcached 1.62, pylibmc 1.6.3,
python-binary-memcached 0.33.0, valkey 6.2.0, fakeredis 2.40.0, oslo.cache 4.3.0, diskcache 5.6.3; memcached 1.6.18,
redis 7.0.15, valkey 9.1.2.
"""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flake8_mockleak.kvs.adapters import DogpileBackend, RedisBackend
from flake8_mockleak.kvs.bench import Make

Address = tuple[str, int]


@dataclass(frozen=True)
class Declaration:
    """A real store, as the matrix checks it.

    ``modules`` are what has to be importable, ``server`` is what has to run: memcached, redis, sentinel, valkey or
    nothing. ``build`` gets the server's address (host, port; None without a server) and returns ``make``.
    """

    name: str
    build: Callable[[Address | None], Make]
    claims: frozenset[str]
    deviations: Mapping[str, str] = field(default_factory=dict)
    layer: str = "backend"
    server: str | None = None
    modules: tuple[str, ...] = ()
    alone: bool = False
    """Run while no other store is: dbm.dumb parses its index with ``ast``, which threads disturb in CPython 3.11."""

    def missing_modules(self) -> list[str]:
        """Return the modules that are not installed."""
        return [name for name in self.modules if find_spec(name) is None]


def _dogpile(backend: str, options: Mapping[str, str] | None = None, **fixed: Any) -> Callable[[Address | None], Make]:
    """Return a build for a backend of dogpile.cache; ``options`` are its names for the suite's options."""
    names = {"expiration_time": "", "lock_timeout": "lock_timeout", **(options or {})}

    def build(address: Address | None) -> Make:
        def make(**given: Any) -> DogpileBackend:
            arguments = dict(fixed)
            for word, value in given.items():
                arguments[names[word]] = value
            for word, value in arguments.items():
                if callable(value) and word != "lock_timeout":
                    arguments[word] = value(address)
            return DogpileBackend(backend, arguments)

        return make

    return build


def _colon(address: Address | None) -> str:
    assert address is not None
    return f"{address[0]}:{address[1]}"


def _host(address: Address | None) -> str:
    assert address is not None
    return address[0]


def _port(address: Address | None) -> int:
    assert address is not None
    return address[1]


@functools.cache
def _scratch() -> str:
    directory = tempfile.mkdtemp(prefix="mockleak-kvs-")
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    return directory


def _directory(_: Address | None) -> str:
    return str(Path(tempfile.mkdtemp(dir=_scratch())) / "file")


def _memcached(client: str, **fixed: Any) -> Callable[[Address | None], Make]:
    return _dogpile(
        f"dogpile.cache.{client}",
        {"expiration_time": "memcached_expire_time"},
        url=_colon,
        distributed_lock=True,
        **fixed,
    )


def _redis(backend: str, **fixed: Any) -> Callable[[Address | None], Make]:
    words = {"host": _host, "port": _port} if backend != "redis_sentinel" else {"sentinels": lambda at: [at]}
    time = "valkey_expiration_time" if backend == "valkey" else "redis_expiration_time"
    return _dogpile(f"dogpile.cache.{backend}", {"expiration_time": time}, distributed_lock=True, **words, **fixed)


def _fakeredis(_: Address | None) -> Make:
    def make(**options: Any) -> RedisBackend:
        import fakeredis

        return RedisBackend(fakeredis.FakeRedis(), setex=True, **options)

    return make


def _redis_client(address: Address | None) -> Make:
    def make(**options: Any) -> RedisBackend:
        import redis

        return RedisBackend(redis.Redis(host=_host(address), port=_port(address)), **options)

    return make


def _pymemcache_client(address: Address | None) -> Make:
    def make(**options: Any) -> Any:
        from pymemcache import PooledClient

        from flake8_mockleak.kvs.adapters import MemcacheBackend

        return MemcacheBackend(PooledClient(address), **options)

    return make


def _oslo_dict(_: Address | None) -> Make:
    def make(**options: Any) -> Any:
        from oslo_cache.backends.dictionary import DictCacheBackend

        return DictCacheBackend(options)

    return make


def _diskcache(_: Address | None) -> Make:
    def make(**options: Any) -> Any:
        from flake8_mockleak.kvs.disk import DiskBackend

        return DiskBackend(tempfile.mkdtemp(dir=_scratch()), **options)

    return make


def _reference(
    backing_store: str, words: Callable[[Address | None], dict[str, Any]]
) -> Callable[[Address | None], Make]:
    def build(address: Address | None) -> Make:
        def make(name: str | None = None, region: Any = None, configured: bool = False, **options: Any) -> Any:
            from flake8_mockleak.kvs import get_key_value_store

            store = get_key_value_store(name or uuid.uuid4().hex, region)
            if configured:
                store.configure(backing_store, **words(address), **options)
            return store

        return make

    return build


def _reference_memory(_: Address | None) -> Make:
    from flake8_mockleak.kvs import MemoryBackend

    return lambda **options: MemoryBackend(options)


def _reference_pivot(address: Address | None) -> Make:
    from flake8_mockleak.kvs import register_backends

    register_backends()
    words = {"expiration_time": "memcached_expire_time"}
    words.update({word: word for word in ("lock_timeout", "max_lock_attempts", "no_expiry_keys")})
    return _dogpile("mockleak.kvs.Memcached", words, memcached_backend="pymemcache", url=lambda at: [_colon(at)])(
        address
    )


_VALUES = frozenset({"isolation", "pickle", "miss_token", "unbounded"})
_LOCAL = _VALUES | {"large_values", "private"}
_SERVED = _VALUES | {"shared", "threads", "mutex", "mutex_owner", "lock_timeout", "has_lock_timeout", "ttl", "ttl_long"}
_REDIS = _SERVED | {"large_values", "mutex_any_thread"}
_OURS = _LOCAL | {"threads", "atomic_multi", "mutex", "mutex_owner", "mutex_any_thread", "clock"}


def _all(reason: str, *ids: str) -> dict[str, str]:
    return dict.fromkeys(ids, reason)


_LOST_TOKEN = _all("NO_VALUE is taken as a value and then read as a miss", "V08")
_SAME_OBJECT = _all("the object itself is kept and returned", "B06", "B07", "B08", "B06m", "B07m", "V09")
_NO_OWNER = _all("a mutex has no owner: any release frees it, and is silent", "M08", "M08t", "M09", "M10", "M15", "D02")
_ONE_NAME_SPACE = _all("locks are entries among the data, under '_lock' and the key", "M13", "M13b")
_BYTES_ARE_TEXT = _all("the client encodes str, so that bytes are the same key", "K10")
_DIGITS_ARE_NUMBERS = _all("the client turns numbers into text", "K11")
_MEMCACHED_KEYS = _all("memcached: 1 to 250 bytes without spaces and control characters", "K01", "K02", "K04", "K05")
_ASCII_KEYS = _all("the client refuses keys beyond ASCII", "K03", "K12")
_COARSE_TTL = _all("memcached counts whole seconds: n seconds last n - 1 to n", "T10")
_MEMCACHED = {
    **_LOST_TOKEN,
    **_NO_OWNER,
    **_ONE_NAME_SPACE,
    **_BYTES_ARE_TEXT,
    **_MEMCACHED_KEYS,
    **_COARSE_TTL,
    **_all("dogpile passes the time on as it is; memcached takes more than 30 days for a date", "T07"),
    **_all("the pauses of a waiter double without a limit", "M06b"),
    **_all("the name of the lock is the key, with what a key may not have", "M19"),
}
_NO_LUA = _all(
    "without its extra [lua] a lock cannot be released",
    *("M01", "M02", "M03", "M04", "M05", "M06", "M06b", "M07", "M08", "M08t", "M09", "M10", "M11", "M11o", "M12"),
    *("M13", "M13b", "M14", "M15", "M16", "M18", "M19", "M20", "M21", "D02", "S04"),
)
_REDIS_DEVIATIONS = {
    **_LOST_TOKEN,
    **_ONE_NAME_SPACE,
    **_BYTES_ARE_TEXT,
    **_DIGITS_ARE_NUMBERS,
    **_all("DEL without keys is a ResponseError", "N07"),
    **_all("redis-py's locks are thread-local unless told otherwise", "M18"),
    **_all("dogpile's redis backends do not tell of their lock_timeout", "M17"),
}

DECLARATIONS: tuple[Declaration, ...] = (
    Declaration(
        "dogpile.memory", _dogpile("dogpile.cache.memory"), _LOCAL | {"threads"}, {**_SAME_OBJECT, **_LOST_TOKEN}
    ),
    Declaration("dogpile.memory_pickle", _dogpile("dogpile.cache.memory_pickle"), _LOCAL | {"threads"}, _LOST_TOKEN),
    Declaration(
        "dogpile.dbm",
        _dogpile("dogpile.cache.dbm", filename=_directory),
        _LOCAL - {"unbounded"} | {"mutex", "mutex_any_thread"},
        {
            **_LOST_TOKEN,
            **_BYTES_ARE_TEXT,
            **_all("a number is not read under the key it was set by", "K11"),
            **_all("there is one mutex for the whole file", "M05"),
            **_all("locked() tells of the thread that asks", "M11o"),
            **_all("only the thread that acquired the mutex can release it", "M18"),
        },
        alone=True,
    ),
    Declaration(
        "dogpile.pymemcache",
        _memcached("pymemcache"),
        _SERVED,
        {**_MEMCACHED, **_ASCII_KEYS, **_all("a generator is walked twice: the answer is empty", "N04")},
        server="memcached",
        modules=("pymemcache",),
    ),
    Declaration(
        "dogpile.pylibmc",
        _memcached("pylibmc"),
        _SERVED,
        {
            **_MEMCACHED,
            **_all("a generator is a TypeError", "N04"),
            **_all("keys are not checked: a space breaks the connection, a line end is a command", "K13"),
            **_all("the empty key is lost in silence", "K14"),
        },
        server="memcached",
        modules=("pylibmc",),
    ),
    Declaration(
        "dogpile.memcached",
        _memcached("memcached"),
        _SERVED,
        {
            **_MEMCACHED,
            **_DIGITS_ARE_NUMBERS,
            **_all("a generator is walked twice: the answer is empty", "N04"),
            **_all("a value over 1 MB is not stored, in silence, and the old one stays", "V12", "V14"),
            **_all("half a second is neither refused nor honoured", "M16", "T06"),
        },
        server="memcached",
        modules=("memcache",),
    ),
    Declaration(
        "dogpile.bmemcached",
        _memcached("bmemcached"),
        _SERVED,
        {
            **{id: reason for id, reason in _MEMCACHED.items() if id not in ("K01", "K02", "M19", "T07", "T10")},
            **_all("a generator is a TypeError", "N04"),
            **_all("set_multi does not tell which values the server refused", "V12"),
            **_all("after a key that is too long the next set is lost", "K13"),
            **_all("memcached_expire_time is ignored", "T01", "T02", "T03", "T04", "T06", "T08", "T12"),
        },
        server="memcached",
        modules=("bmemcached",),
    ),
    Declaration("dogpile.redis", _redis("redis"), _REDIS, _REDIS_DEVIATIONS, server="redis", modules=("redis",)),
    Declaration(
        "dogpile.redis_sentinel",
        _redis("redis_sentinel"),
        _REDIS,
        {id: reason for id, reason in _REDIS_DEVIATIONS.items() if id != "M18"},
        server="sentinel",
        modules=("redis",),
    ),
    Declaration("dogpile.valkey", _redis("valkey"), _REDIS, _REDIS_DEVIATIONS, server="valkey", modules=("valkey",)),
    Declaration(
        "oslo.cache.dict",
        _oslo_dict,
        _VALUES | {"private", "ttl", "large_values"},
        {
            **_SAME_OBJECT,
            **_LOST_TOKEN,
            **_all("a negative time is for ever", "T08"),
            **_all("times are cut to whole seconds", "T10"),
        },
        modules=("oslo_cache",),
    ),
    Declaration(
        "diskcache",
        _diskcache,
        _LOCAL | {"threads", "mutex", "mutex_owner", "lock_timeout", "ttl", "ttl_long", "ttl_fraction"},
        {
            **_LOST_TOKEN,
            **_NO_OWNER,
            **_ONE_NAME_SPACE,
            **_all("not-a-number becomes NULL in the database", "V05"),
            **_all("expire=0 is at once", "T05"),
        },
        modules=("diskcache",),
    ),
    Declaration(
        "fakeredis",
        _fakeredis,
        _REDIS - {"shared", "has_lock_timeout", "miss_token"} | {"private", "ttl_fraction"},
        {
            **_BYTES_ARE_TEXT,
            **_DIGITS_ARE_NUMBERS,
            **_ONE_NAME_SPACE,
            **_all("SETEX and PSETEX cut the moment of expiry to a whole second", "T10", "T11"),
            **(_NO_LUA if find_spec("lupa") is None else {}),
        },
        modules=("fakeredis",),
    ),
    Declaration(
        "redis-py",
        _redis_client,
        _REDIS - {"has_lock_timeout", "miss_token"} | {"ttl_fraction"},
        {**_BYTES_ARE_TEXT, **_DIGITS_ARE_NUMBERS, **_ONE_NAME_SPACE},
        server="redis",
        modules=("redis",),
    ),
    Declaration(
        "pymemcache",
        _pymemcache_client,
        frozenset({"isolation", "pickle", "shared", "threads", "ttl", "unbounded"}),
        {**_MEMCACHED_KEYS, **_ASCII_KEYS, **_BYTES_ARE_TEXT, **_COARSE_TTL},
        server="memcached",
        modules=("pymemcache",),
    ),
    Declaration(
        "mockleak.MemoryBackend",
        _reference_memory,
        _OURS
        | {"lock_timeout", "has_lock_timeout", "max_lock_attempts", "ttl", "ttl_long", "ttl_fraction", "bytes_keys"},
    ),
    Declaration(
        "mockleak.MemcachedBackend",
        _reference_pivot,
        _SERVED | {"no_expiry", "max_lock_attempts"},
        {
            # A late release of its own it does not make.
            **{id: reason for id, reason in _NO_OWNER.items() if id != "M15"},
            **_ONE_NAME_SPACE,
            **_MEMCACHED_KEYS,
            **_ASCII_KEYS,
            **_COARSE_TTL,
        },
        server="memcached",
        modules=("pymemcache",),
    ),
    Declaration(
        "mockleak.store.memory",
        _reference("mockleak.kvs.Memory", lambda at: {}),
        _OURS | {"registry", "preconfigured"},
        layer="store",
    ),
    Declaration(
        "mockleak.store.memcached",
        _reference("mockleak.kvs.Memcached", lambda at: {"memcached_backend": "pymemcache", "url": [_colon(at)]}),
        _VALUES | {"shared", "mutex", "registry", "preconfigured", "threads"},
        layer="store",
        server="memcached",
        modules=("pymemcache",),
    ),
)
