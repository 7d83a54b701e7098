"""MemcachedBackend: a dogpile.cache backend over one of dogpile's memcached drivers."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha1
from typing import Any, NoReturn

from dogpile.cache.api import CacheBackend, CacheMutex
from dogpile.cache.backends import memcached as drivers

from flake8_mockleak.kvs.arguments import KeyMangler, lock_attempts, refuse_no_value, whole_seconds
from flake8_mockleak.kvs.errors import UnexpectedError, ValidationError
from flake8_mockleak.kvs.locks import Clock, Sleep, acquire_by_polling

DEFAULT_LOCK_ATTEMPTS = 15

LONGEST_DURATION = 30 * 24 * 60 * 60
"""Seconds. The server takes a larger number for a date (doc/protocol.txt of memcached, "Expiration times")."""

LONGEST_KEY = 250
"""Bytes (doc/protocol.txt of memcached, "Keys")."""

EXPIRY_ARGUMENTS = ("time", "expire")
"""What the clients call the expiry time in their ``set``; pymemcache has the second."""


class BMemcachedDriver(drivers.BMemcachedBackend):
    """dogpile's driver for python-binary-memcached, which leaves ``memcached_expire_time`` out."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        super().__init__(arguments)  # type: ignore[no-untyped-call]
        if "memcached_expire_time" in arguments:
            self.set_arguments = {"time": arguments["memcached_expire_time"]}


class PythonMemcachedDriver(drivers.MemcachedBackend):
    """dogpile's driver for python-memcached, whose client leaves the size of a value to the server.

    By itself the client drops what is larger than 1 MB, and after a ``set_multi`` with such a value it waits for an
    answer that does not come and then takes the server for dead.
    """

    def _create_client(self) -> Any:
        client = super()._create_client()  # type: ignore[no-untyped-call]
        client.server_max_value_length = 0
        return client


VALID_DOGPILE_BACKENDS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "bmemcached": BMemcachedDriver,
    "memcached": PythonMemcachedDriver,
    "pylibmc": drivers.PylibmcBackend,
    "pymemcache": drivers.PyMemcacheBackend,
}
"""The drivers by the name for ``memcached_backend``. Add your own to use it."""

_DISTRIBUTIONS = {"memcache": "python-memcached", "bmemcached": "python-binary-memcached"}


class MemcachedBackend(CacheBackend):
    """Works through a driver, an object such as dogpile's memcached backends, and adds locks and keys without expiry.

    ``arguments`` may have:

    - ``memcached_backend``: the driver's name in VALID_DOGPILE_BACKENDS, ``memcached`` unless given;
    - ``no_expiry_keys``: keys, not mangled, that never expire, whatever ``memcached_expire_time`` is;
    - ``lock_timeout``: whole seconds after which the server drops a lock; 0 or None keeps it;
    - ``max_lock_attempts``: how often a waiting ``acquire`` tries, 15 unless given, before it raises UnexpectedError;
    - ``distributed_lock``: with False there is no mutex, and the user of the backend makes one within the process;
    - ``clock`` and ``sleep``: callables for tests of the locks, in place of ``time.monotonic`` and ``time.sleep``.

    All others are for the driver: ``url``, ``memcached_expire_time`` (whole seconds until a value is gone, 0 never),
    and what its client takes. Attributes that the backend does not have are those of the driver.

    A value that the client does not store raises UnexpectedError; the old one is then removed. A key that memcached
    does not take raises ValidationError: it has 1 to 250 bytes of UTF-8 without spaces and control characters.

    The names of locks are ``_lock`` and the key, in one name space with the values.
    """

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        for_driver = dict(arguments)
        name = for_driver.pop("memcached_backend", None) or "memcached"
        no_expiry_keys = for_driver.pop("no_expiry_keys", None) or ()
        if isinstance(no_expiry_keys, str):
            raise ValidationError(f"no_expiry_keys must be several keys, not the one {no_expiry_keys!r}")
        self.raw_no_expiry_keys = frozenset(no_expiry_keys)
        self.lock_timeout = whole_seconds("lock_timeout", for_driver.pop("lock_timeout", None))
        self.max_lock_attempts = lock_attempts(for_driver.pop("max_lock_attempts", None)) or DEFAULT_LOCK_ATTEMPTS
        self._distributed_lock = for_driver.pop("distributed_lock", True)
        self._clock: Clock = for_driver.pop("clock", None) or time.monotonic
        self._sleep: Sleep = for_driver.pop("sleep", None) or time.sleep
        expire_time = for_driver.pop("memcached_expire_time", None)
        if expire_time is not None:
            for_driver["memcached_expire_time"] = whole_seconds("memcached_expire_time", expire_time)
        self.driver = _driver(name, for_driver)
        self.serializer = getattr(self.driver, "serializer", None)
        self.deserializer = getattr(self.driver, "deserializer", None)
        self.key_mangler = getattr(self.driver, "key_mangler", None)

    @property
    def key_mangler(self) -> KeyMangler | None:
        """What mangles the keys before they come here; ``no_expiry_hashed_keys`` are made with it.

        Raises TypeError when it is set to what is neither callable nor None.
        """
        return self._key_mangler

    @key_mangler.setter
    def key_mangler(self, key_mangler: KeyMangler | None) -> None:
        if key_mangler is not None and not callable(key_mangler):
            raise TypeError(f"key_mangler must be callable, not {key_mangler!r}")
        raw = self.raw_no_expiry_keys
        self.no_expiry_hashed_keys = frozenset(map(key_mangler, raw)) if key_mangler else raw
        self._key_mangler = key_mangler

    def __getattr__(self, name: str) -> Any:
        if name == "driver":  # not there yet
            raise AttributeError(name)
        return getattr(self.driver, name)

    def get(self, key: str) -> Any:
        """Return the value stored under ``key``, or NO_VALUE."""
        return self.driver.get(_checked(key))

    def get_multi(self, keys: Iterable[str]) -> Any:
        """Return, for each key in its turn, its value or NO_VALUE."""
        return self.driver.get_multi([_checked(key) for key in keys])

    def set(self, key: str, value: Any) -> None:
        """Store ``value`` under ``key``."""
        refuse_no_value(_checked(key), value)
        stored = self.driver.client.set(key, value, **self.client_arguments(key not in self.no_expiry_hashed_keys))
        if stored is not None and not stored:
            self._give_up([key])

    def set_multi(self, mapping: Mapping[str, Any]) -> None:
        """Store the values of ``mapping``: those that expire in one call to the client, the others in another."""
        parts: dict[bool, dict[str, Any]] = {True: {}, False: {}}
        for key, value in mapping.items():
            refuse_no_value(_checked(key), value)
            parts[key not in self.no_expiry_hashed_keys][key] = value
        failed: list[str] = []
        for expires, part in parts.items():
            if part:
                answer = self.driver.client.set_multi(part, **self.client_arguments(expires))
                # A client answers with the keys that it could not store.
                failed += part if answer is False else answer if isinstance(answer, list) else ()
        if failed:
            self._give_up(failed)

    def delete(self, key: str) -> None:
        """Remove ``key``; do nothing when it is not there."""
        self.driver.delete(_checked(key))

    def delete_multi(self, keys: Iterable[str]) -> None:
        """Remove those of ``keys`` that are there."""
        self.driver.delete_multi([_checked(key) for key in keys])

    def client_arguments(self, expires: bool = True) -> dict[str, Any]:
        """Return what the client's ``set`` and ``set_multi`` get beside keys and values: a copy of the driver's
        ``set_arguments``, without the expiry time unless the keys expire.
        """
        arguments = dict(getattr(self.driver, "set_arguments", {}))
        for name in EXPIRY_ARGUMENTS:
            if name in arguments and expires:
                arguments[name] = _server_time(arguments[name])
            elif name in arguments:
                del arguments[name]
        return arguments

    def has_lock_timeout(self) -> bool:
        """Tell whether the server drops locks."""
        return self.lock_timeout > 0

    def get_mutex(self, key: str) -> MemcachedMutex | None:
        """Return a new mutex object for ``key``, which is not mangled."""
        return MemcachedMutex(self, key) if self._distributed_lock else None

    def _give_up(self, keys: list[str]) -> NoReturn:
        # What is stored is not what the caller believes, so nothing is better.
        for key in keys:
            self.driver.delete(key)
        raise UnexpectedError(f"the memcached client could not store the value(s) for {', '.join(map(repr, keys))}")


class MemcachedMutex(CacheMutex):
    """The mutex of one key on a memcached server: an entry that only one client succeeds in adding.

    It has no owner: ``release`` removes the entry, whoever added it. Only an object that acquired the mutex itself, and
    longer ago than the lock timeout, leaves it alone: the server has dropped that entry, and what is there now is
    somebody else's.
    """

    def __init__(self, backend: MemcachedBackend, key: str) -> None:
        self._backend = backend
        self._acquired_at: float | None = None
        self.name = "_lock" + key
        if not _legal(self.name) or not self.name.isascii():  # pymemcache wants ASCII
            self.name = "_lock" + sha1(key.encode()).hexdigest()

    def acquire(self, wait: bool = True) -> bool:
        """Take the mutex, and return True; when it is held, wait, or return False without ``wait``.

        Raises UnexpectedError after the backend's ``max_lock_attempts``; up to a second passes between two.
        """
        return acquire_by_polling(
            self._add,
            wait=wait,
            name=f"the memcached lock {self.name!r}",
            max_attempts=self._backend.max_lock_attempts,
            pause=random.random,
            sleep=self._backend._sleep,
        )

    def release(self) -> None:
        """Let the mutex go."""
        acquired_at, self._acquired_at = self._acquired_at, None
        timeout = self._backend.lock_timeout
        if acquired_at is None or not timeout or self._backend._clock() - acquired_at < timeout:
            self._backend.driver.client.delete(self.name)

    def locked(self) -> bool:
        """Tell whether the mutex is held, by this or by another object."""
        return self._backend.driver.client.get(self.name) is not None

    def _add(self) -> bool:
        before = self._backend._clock()
        added = bool(self._backend.driver.client.add(self.name, 1, _server_time(self._backend.lock_timeout)))
        if added:
            self._acquired_at = before
        return added


def _driver(name: str, arguments: dict[str, Any]) -> Any:
    if name not in VALID_DOGPILE_BACKENDS:
        valid = ", ".join(sorted(VALID_DOGPILE_BACKENDS))
        raise ValueError(f"memcached_backend {name!r} is not one of: {valid}")
    try:
        return VALID_DOGPILE_BACKENDS[name](arguments)
    except KeyError as error:
        raise ValidationError(f"memcached_backend {name!r} needs the argument {error}") from error
    except ModuleNotFoundError as error:
        distribution = _DISTRIBUTIONS.get(error.name or "", error.name)
        raise ImportError(f"memcached_backend {name!r} needs: pip install {distribution}", name=error.name) from error


def _server_time(seconds: int) -> int:
    """Return a duration as the server understands it: a long one as the date of its end."""
    return seconds if seconds <= LONGEST_DURATION else int(time.time()) + seconds


def _legal(key: str) -> bool:
    try:
        encoded = key.encode()
    except UnicodeEncodeError:
        return False
    return 0 < len(encoded) <= LONGEST_KEY and not any(byte <= 0x20 or byte == 0x7F for byte in encoded)


def _checked(key: str) -> str:
    if not isinstance(key, str) or not _legal(key):
        raise ValidationError(
            f"memcached does not take the key {key!r}: it must be 1 to {LONGEST_KEY} bytes of text without spaces and "
            "control characters"
        )
    return key
