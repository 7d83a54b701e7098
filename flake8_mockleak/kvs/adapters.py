"""Adapters: the clients of redis and memcached, and mappings, as backends that the suite can check.

from flake8_mockleak.kvs import RedisBackend, conformance
TestFake = conformance(lambda **options: RedisBackend(fakeredis.FakeRedis(), **options), claims={"ttl", "mutex"})
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any

from dogpile.cache import make_region
from dogpile.cache.api import NO_VALUE, CachedValue

Dumps = Callable[[Any], bytes]
Loads = Callable[[bytes], Any]

PICKLE: tuple[Dumps, Loads] = (pickle.dumps, pickle.loads)
JSON: tuple[Dumps, Loads] = (lambda value: json.dumps(value).encode(), json.loads)


_METADATA = {"v": 2, "ct": 0.0}
"""What a region writes down beside a value: the version of its format, and a time that is of no matter here."""


class RedisBackend:
    """A redis-py client, or a fake of one, as a backend.

    ``client`` gives bytes (``decode_responses=False``). Times are in seconds. ``expiration_time`` goes with
    ``set(ex=)``, or ``set(px=)`` where it has a fraction; with ``setex=True`` by the older ``setex`` and ``psetex``,
    which much code still calls and redis-py deprecates. ``lock_timeout`` goes with the client's own ``lock()``.
    ``serializer`` is a pair of functions, to bytes and back; pickle unless given.
    """

    def __init__(
        self,
        client: Any,
        *,
        expiration_time: float | None = None,
        lock_timeout: float | None = None,
        serializer: tuple[Dumps, Loads] = PICKLE,
        setex: bool = False,
    ) -> None:
        self.client = client
        self._setex = setex
        self._ttl = expiration_time
        self._lock_timeout = lock_timeout
        self._dumps, self._loads = serializer

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""
        return self._loaded(self.client.get(key))

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values, NO_VALUE for those that are missing."""
        keys = list(keys)
        return [self._loaded(found) for found in self.client.mget(keys)] if keys else []

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self._set(self.client, key, self._dumps(value))

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store values, in one transaction."""
        dumped = {key: self._dumps(value) for key, value in mapping.items()}
        if dumped and not self._ttl:
            self.client.mset(dumped)
        elif dumped:
            with self.client.pipeline(transaction=True) as pipe:
                for key, content in dumped.items():
                    self._set(pipe, key, content)
                pipe.execute()

    def delete(self, key: Any) -> None:
        """Remove a key."""
        self.client.delete(key)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove keys."""
        keys = list(keys)
        if keys:
            self.client.delete(*keys)

    def get_mutex(self, key: Any) -> RedisMutex:
        """Return a mutex: the client's own lock."""
        return RedisMutex(self.client.lock(f"_lock:{key}", timeout=self._lock_timeout or None, thread_local=False))

    def close(self) -> None:
        """Close the client's connections."""
        self.client.close()

    def _set(self, client: Any, key: Any, content: bytes) -> None:
        if not self._ttl:
            client.set(key, content)
            return
        whole = self._ttl == int(self._ttl)
        time = int(self._ttl) if whole else int(self._ttl * 1000)
        if self._setex:
            (client.setex if whole else client.psetex)(key, time, content)
        else:
            client.set(key, content, **{"ex" if whole else "px": time})

    def _loaded(self, found: bytes | None) -> Any:
        return NO_VALUE if found is None else self._loads(found)


class RedisMutex:
    """A lock of redis-py with the signatures of a backend's mutex."""

    def __init__(self, lock: Any) -> None:
        self._lock = lock

    def acquire(self, wait: bool = True) -> bool:
        """Take the lock; without ``wait`` return False at once when it is held."""
        return bool(self._lock.acquire(blocking=wait))

    def release(self) -> None:
        """Let the lock go. Raises LockError when this object does not hold it."""
        self._lock.release()

    def locked(self) -> bool:
        """Tell whether anybody holds it."""
        return bool(self._lock.locked())


class MemcacheBackend:
    """A pymemcache client, or a fake of one, as a backend. It has no mutexes.

    Values are pickled into bytes, unless ``serializer`` is another pair of functions; ``expiration_time`` is in whole
    seconds. Every write waits for the server's answer: a store that does not know whether it stored is not tested.
    """

    def __init__(
        self, client: Any, *, expiration_time: int | None = None, serializer: tuple[Dumps, Loads] = PICKLE
    ) -> None:
        self.client = client
        self._ttl = int(expiration_time or 0)
        if self._ttl != (expiration_time or 0):
            raise ValueError(f"memcached counts whole seconds, expiration_time is {expiration_time!r}")
        self._dumps, self._loads = serializer

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""
        found = self.client.get(key)
        return NO_VALUE if found is None else self._loads(found)

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values, NO_VALUE for those that are missing."""
        keys = list(keys)
        found = self.client.get_many(keys) if keys else {}
        return [self._loads(found[key]) if key in found else NO_VALUE for key in keys]

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self.client.set(key, self._dumps(value), expire=self._ttl, noreply=False)

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store values."""
        dumped = {key: self._dumps(value) for key, value in mapping.items()}
        failed = self.client.set_many(dumped, expire=self._ttl, noreply=False) if dumped else []
        if failed:
            raise RuntimeError(f"the client did not store {failed!r}")

    def delete(self, key: Any) -> None:
        """Remove a key."""
        self.client.delete(key, noreply=False)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove keys."""
        keys = list(keys)
        if keys:
            self.client.delete_many(keys, noreply=False)

    def close(self) -> None:
        """Close the client's connection."""
        self.client.close()


class MappingBackend:
    """A mutable mapping as a backend, without expiry and mutexes."""

    def __init__(self, mapping: MutableMapping[Any, Any]) -> None:
        self.mapping = mapping

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""
        try:
            return self.mapping[key]
        except KeyError:
            return NO_VALUE

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values, NO_VALUE for those that are missing."""
        return [self.get(key) for key in keys]

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self.mapping[key] = value

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store values."""
        self.mapping.update(mapping)

    def delete(self, key: Any) -> None:
        """Remove a key."""
        try:
            del self.mapping[key]
        except KeyError:
            pass

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove keys."""
        for key in keys:
            self.delete(key)


class DogpileBackend:
    """A backend of dogpile.cache by its registered name, with values in the form that a region gives them.

    The backends that have a serializer (redis, valkey, dbm, memory_pickle) get them pickled, the others get
    ``CachedValue``. There is no region in between, and no key mangler. ``arguments`` are those of the backend.
    """

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        region = make_region().configure(name, arguments=dict(arguments))
        self.backend: Any = region.backend
        self._pickled = self.backend.serializer is not None

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""
        return self._loaded(self.backend.get_serialized(key) if self._pickled else self.backend.get(key))

    def get_multi(self, keys: Iterable[Any]) -> Any:
        """Return the values, NO_VALUE for those that are missing."""
        get_multi = self.backend.get_serialized_multi if self._pickled else self.backend.get_multi
        return [self._loaded(found) for found in get_multi(keys)]

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        if self._pickled:
            self.backend.set_serialized(key, self.backend.serializer(value))
        else:
            self.backend.set(key, CachedValue(value, dict(_METADATA)))

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store values. Without any there is no call: the region sees to that."""
        if not mapping:
            return
        if self._pickled:
            self.backend.set_serialized_multi({key: self.backend.serializer(value) for key, value in mapping.items()})
        else:
            self.backend.set_multi({key: CachedValue(value, dict(_METADATA)) for key, value in mapping.items()})

    def delete(self, key: Any) -> None:
        """Remove a key."""
        self.backend.delete(key)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove keys."""
        self.backend.delete_multi(keys)

    def get_mutex(self, key: Any) -> Any:
        """Return the backend's mutex."""
        return self.backend.get_mutex(key)

    def has_lock_timeout(self) -> bool:
        """Tell whether mutexes free themselves."""
        return bool(self.backend.has_lock_timeout())

    def _loaded(self, found: Any) -> Any:
        if found is NO_VALUE:
            return NO_VALUE
        return self.backend.deserializer(found) if self._pickled else found.payload
