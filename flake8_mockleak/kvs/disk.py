"""diskcache as a backend: the one store of the declarations that has no adapter of its own elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dogpile.cache.api import NO_VALUE


class DiskBackend:
    """``diskcache.Cache`` in a directory, with ``diskcache.Lock`` as the mutexes. Times are in seconds."""

    def __init__(
        self, directory: str, *, expiration_time: float | None = None, lock_timeout: float | None = None
    ) -> None:
        import diskcache

        self.cache = diskcache.Cache(directory, eviction_policy="none")
        self._ttl = expiration_time
        self._lock_timeout = lock_timeout or None

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""
        return self.cache.get(key, NO_VALUE)

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values, NO_VALUE for those that are missing."""
        return [self.get(key) for key in keys]

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self.cache.set(key, value, expire=self._ttl)

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store values, one by one."""
        for key, value in mapping.items():
            self.set(key, value)

    def delete(self, key: Any) -> None:
        """Remove a key."""
        self.cache.delete(key)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove keys."""
        for key in keys:
            self.delete(key)

    def get_mutex(self, key: Any) -> DiskMutex:
        """Return a mutex."""
        return DiskMutex(self.cache, f"_lock{key}", self._lock_timeout)

    def close(self) -> None:
        """Close the database and remove its directory."""
        import shutil

        self.cache.close()
        shutil.rmtree(self.cache.directory, ignore_errors=True)


class DiskMutex:
    """``diskcache.Lock``, which always waits, with the signatures of a backend's mutex."""

    def __init__(self, cache: Any, key: str, expire: float | None) -> None:
        import diskcache

        self._lock = diskcache.Lock(cache, key, expire=expire)
        self._cache, self._key, self._expire = cache, key, expire

    def acquire(self, wait: bool = True) -> bool:
        """Take the lock; without ``wait`` return False at once when it is held."""
        if wait:
            self._lock.acquire()
            return True
        return bool(self._cache.add(self._key, None, expire=self._expire))

    def release(self) -> None:
        """Let the lock go, whoever holds it."""
        self._lock.release()

    def locked(self) -> bool:
        """Tell whether anybody holds it."""
        return bool(self._lock.locked())
