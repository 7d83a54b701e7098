"""Locks: the mutexes that a backend gives, how they wait, and the lock that a store hands out over one of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol

from flake8_mockleak.kvs.errors import UnexpectedError

LOG = logging.getLogger(__name__)

LOCK_WINDOW = 1.0
"""Seconds by which a lock counts as expired before its timeout, so that it does not run out between check and use."""

Clock = Callable[[], float]
"""Gives the time in seconds. Only differences count, so a monotonic clock is the one to use."""

Sleep = Callable[[float], object]
"""Waits for a number of seconds."""


class Mutex(Protocol):
    """What a backend's ``get_mutex(key)`` gives; ``dogpile.cache.api.CacheMutex`` and ``threading.Lock`` are such."""

    def acquire(self, wait: bool = True, /) -> bool:
        """Take the mutex; without ``wait``, return False at once when it is held."""

    def release(self) -> Any:
        """Let the mutex go."""


def acquire_by_polling(
    try_once: Callable[[], bool],
    *,
    wait: bool,
    name: str,
    max_attempts: int | None,
    pause: Callable[[], float],
    sleep: Sleep,
) -> bool:
    """Call ``try_once`` until it is true; between two calls, sleep for as many seconds as ``pause`` says.

    Without ``wait`` there is one call. Raises UnexpectedError that names ``name`` after ``max_attempts`` calls in vain;
    None means to go on for ever.
    """
    attempts = 1
    while not try_once():
        if not wait:
            return False
        if attempts == max_attempts:
            raise UnexpectedError(f"{name} is not to be had: gave up after {attempts} attempt(s)")
        attempts += 1
        sleep(pause())
    return True


class KeyValueStoreLock:
    """A lock for one key, as a context manager.

    ``mutex`` is what is held meanwhile; with ``locking_enabled`` False it is not touched. ``lock_timeout`` is the time
    in seconds for which the holder may use the lock, 0 for ever. ``clock`` is for tests.

    ``active`` is True while the lock is held, ``acquire_time`` is the clock's time when it was acquired (None when it
    is not held). One lock object has one holder at a time.
    """

    def __init__(
        self,
        mutex: Mutex,
        key: str,
        locking_enabled: bool = True,
        lock_timeout: float = 0,
        *,
        clock: Clock = time.monotonic,
    ) -> None:
        self.mutex = mutex
        self.key = key
        self.locking_enabled = locking_enabled
        self.lock_timeout = lock_timeout
        self.active = False
        self.acquire_time: float | None = None
        self._clock = clock

    @property
    def expired(self) -> bool:
        """Whether the lock is held for longer than its timeout allows, less LOCK_WINDOW."""
        if not self.locking_enabled or not self.lock_timeout or self.acquire_time is None:
            return False
        return self._clock() - self.acquire_time + LOCK_WINDOW > self.lock_timeout

    def acquire(self) -> KeyValueStoreLock:
        """Wait for the mutex and take it. Raises UnexpectedError when it is not to be had."""
        if self.locking_enabled and self.mutex.acquire() is False:
            raise UnexpectedError(f"the lock of {self.key!r} is not to be had")
        self.acquire_time = self._clock()
        self.active = True
        return self

    def release(self) -> None:
        """Let the mutex go. Releasing a lock that is not held does nothing.

        The mutex of a lock that has expired may be somebody else's by now. That it then refuses to be released is
        logged and not raised: the holder learns of the timeout when the lock is used.
        """
        if not self.active:
            return
        expired = self.expired
        self.active = False
        self.acquire_time = None
        if not self.locking_enabled:
            return
        try:
            self.mutex.release()
        except Exception as error:
            if not expired:
                raise
            LOG.warning("the lock of %r expired before it was released: %s", self.key, error)

    def __enter__(self) -> KeyValueStoreLock:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
