"""MemoryBackend: a dogpile.cache backend in the memory of one process, and the reference for what a backend does."""

from __future__ import annotations

import math
import pickle
import threading
import time
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from dogpile.cache.api import NO_VALUE, CacheBackend, CacheMutex

from flake8_mockleak.kvs.arguments import lock_attempts, refuse_no_value, seconds
from flake8_mockleak.kvs.errors import LockTimeout, UnexpectedError, ValidationError
from flake8_mockleak.kvs.locks import Clock, Sleep, acquire_by_polling

POLL_INTERVAL = 0.01
"""Seconds between two looks of an ``acquire`` that waits."""


class MemoryBackend(CacheBackend):
    """Keeps values pickled, so that nothing outside can change what is stored. Two backends share nothing.

    ``arguments`` may have, all of them optional:

    - ``expiration_time``: seconds after which a value is gone, fractions included; 0 or None keeps it;
    - ``lock_timeout``: seconds after which a mutex frees itself, fractions included; 0 or None keeps it;
    - ``max_lock_attempts``: how often a waiting ``acquire`` looks, every POLL_INTERVAL seconds, before it raises
      UnexpectedError; None looks for ever;
    - ``clock`` and ``sleep``: callables for tests, in place of ``time.monotonic`` and ``time.sleep``.

    Others are ignored, as other backends do. Safe for threads: each call is atomic, the calls with many keys as well.
    """

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.expiration_time = seconds("expiration_time", arguments.get("expiration_time"))
        self.lock_timeout = seconds("lock_timeout", arguments.get("lock_timeout"))
        self.max_lock_attempts = lock_attempts(arguments.get("max_lock_attempts"))
        self._clock: Clock = arguments.get("clock") or time.monotonic
        self._sleep: Sleep = arguments.get("sleep") or time.sleep
        self._guard = threading.Lock()
        # In the order of writing, which is that of expiring.
        self._entries: dict[Hashable, _Entry] = {}
        self._holders: dict[Hashable, _Holder] = {}

    def get(self, key: Hashable) -> Any:
        """Return a copy of the value stored under ``key``, or NO_VALUE."""
        return self.get_multi([key])[0]

    def get_multi(self, keys: Iterable[Hashable]) -> list[Any]:
        """Return, for each key in its turn, a copy of its value or NO_VALUE."""
        wanted = list(keys)
        with self._guard:
            now = self._clock()
            found = [self._entries.get(key) for key in wanted]
        return [pickle.loads(entry.pickled) if entry and now < entry.deadline else NO_VALUE for entry in found]

    def set(self, key: Hashable, value: Any) -> None:
        """Store a copy of ``value``. Raises ValidationError, and keeps the old value, when it cannot be pickled."""
        self.set_multi({key: value})

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store copies of all the values of ``mapping``, or of none when one of them cannot be pickled."""
        pickled = {key: _pickled(key, value) for key, value in mapping.items()}
        with self._guard:
            now = self._clock()
            self._drop_expired(now)
            deadline = now + (self.expiration_time or math.inf)
            for key, content in pickled.items():
                self._entries.pop(key, None)
                self._entries[key] = _Entry(content, deadline)

    def delete(self, key: Hashable) -> None:
        """Remove ``key``; do nothing when it is not there."""
        self.delete_multi([key])

    def delete_multi(self, keys: Iterable[Hashable]) -> None:
        """Remove those of ``keys`` that are there."""
        unwanted = list(keys)
        with self._guard:
            for key in unwanted:
                self._entries.pop(key, None)

    def has_lock_timeout(self) -> bool:
        """Tell whether mutexes free themselves."""
        return self.lock_timeout > 0

    def get_mutex(self, key: Hashable) -> MemoryMutex:
        """Return a new mutex object for ``key``. Mutexes and values do not share their names."""
        return MemoryMutex(self, key)

    def _drop_expired(self, now: float) -> None:
        while self._entries:
            key = next(iter(self._entries))
            if self._entries[key].deadline > now:
                break
            del self._entries[key]

    def _take_mutex(self, key: Hashable, taker: MemoryMutex) -> bool:
        with self._guard:
            if self._holder(key) is not None:
                return False
            self._holders[key] = _Holder(taker, self._clock() + (self.lock_timeout or math.inf))
            return True

    def _free_mutex(self, key: Hashable, owner: MemoryMutex) -> bool:
        with self._guard:
            holder = self._holder(key)
            if holder is None or holder.mutex is not owner:
                return False
            del self._holders[key]
            return True

    def _mutex_held(self, key: Hashable) -> bool:
        with self._guard:
            return self._holder(key) is not None

    def _holder(self, key: Hashable) -> _Holder | None:
        """Return who holds the mutex of ``key``, and forget one whose time is over. Call under the guard."""
        holder = self._holders.get(key)
        if holder is not None and holder.deadline <= self._clock():
            del self._holders[key]
            return None
        return holder


class MemoryMutex(CacheMutex):
    """The mutex of one key of a MemoryBackend. The object that acquired it is its owner, in whatever thread.

    It is not re-entrant.
    """

    def __init__(self, backend: MemoryBackend, key: Hashable) -> None:
        self._backend = backend
        self._key = key
        self._acquired = False

    def acquire(self, wait: bool = True) -> bool:
        """Take the mutex, and return True; when it is held, wait, or return False without ``wait``.

        Raises UnexpectedError after the backend's ``max_lock_attempts``.
        """
        backend = self._backend
        taken = acquire_by_polling(
            lambda: backend._take_mutex(self._key, self),
            wait=wait,
            name=f"the mutex of {self._key!r}",
            max_attempts=backend.max_lock_attempts,
            pause=lambda: POLL_INTERVAL,
            sleep=backend._sleep,
        )
        if taken:
            self._acquired = True
        return taken

    def release(self) -> None:
        """Let the mutex go.

        Raises UnexpectedError when this object has not acquired it; LockTimeout when it has, and its time was over.
        Neither does anything to the mutex of another owner.
        """
        if not self._acquired:
            raise UnexpectedError(f"the mutex of {self._key!r} is released by an object that does not hold it")
        self._acquired = False
        if not self._backend._free_mutex(self._key, self):
            raise LockTimeout(f"the mutex of {self._key!r} is released after its {self._backend.lock_timeout} s")

    def locked(self) -> bool:
        """Tell whether the mutex is held, by this or by another object."""
        return self._backend._mutex_held(self._key)


class _Entry(NamedTuple):
    pickled: bytes
    deadline: float


class _Holder(NamedTuple):
    mutex: MemoryMutex
    deadline: float


def _pickled(key: object, value: object) -> bytes:
    refuse_no_value(key, value)
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # a class may raise anything when it is pickled
        raise ValidationError(f"the value for {key!r} cannot be pickled: {error}") from error
