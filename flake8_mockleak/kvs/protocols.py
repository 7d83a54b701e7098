"""The protocols of the layers: what ``make`` returns, and all that the suite calls on it.

They are for reading and for type checkers; the suite asks for the methods, not for the types. All times are in seconds.
Errors go by the names of their classes (``NotFound``, ``UnexpectedError``, ``ValidationError``, ``LockTimeout``),
whichever module they come from: a class derived from one of that name will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

Mapped = MutableMapping[Any, Any]
"""Layer 'mapping': what ``make()`` returns is a mutable mapping."""


class Maker(Protocol):
    """``make``: returns a fresh, empty store, another object at each call.

    The keyword arguments are the options of the claims that are made, each of them optional, and no others. What has a
    ``close()`` is closed after the clause.
    """

    def __call__(self, **options: Any) -> Any:
        """Return a fresh store."""


class Mutex(Protocol):
    """A mutex object. Several objects may stand for the mutex of one key."""

    def acquire(self, wait: bool = True) -> bool:
        """Take the mutex and return True. When it is held, wait, or return False at once without ``wait``."""

    def release(self) -> Any:
        """Let the mutex go."""

    def locked(self) -> bool:
        """Tell whether it is held, by anybody. Only the layer 'backend' asks."""


class Backend(Protocol):
    """Layer 'backend': a backend of dogpile.cache. A missing key is ``dogpile.cache.api.NO_VALUE``."""

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values in the order of the keys, NO_VALUE for each one that is missing."""

    def set(self, key: Any, value: Any) -> Any:
        """Store a value."""

    def set_multi(self, mapping: Mapping[Any, Any]) -> Any:
        """Store values."""

    def delete(self, key: Any) -> Any:
        """Remove a key; one that is missing is no error."""

    def delete_multi(self, keys: Iterable[Any]) -> Any:
        """Remove keys; those that are missing are no error."""

    def get_mutex(self, key: Any) -> Mutex | None:
        """Return a new mutex object for a key. Called with the claim 'mutex'."""

    def has_lock_timeout(self) -> bool:
        """Tell whether mutexes free themselves. Called with the claim 'has_lock_timeout'."""


class Lock(Protocol):
    """Layer 'store': what ``get_lock(key)`` returns.

    Its class takes ``(mutex, key, locking_enabled=True, lock_timeout=0)``.
    """

    key: str
    acquire_time: float
    """The time of acquiring; the suite makes a lock older by taking seconds off."""

    @property
    def active(self) -> bool:
        """Whether it is held."""

    @property
    def expired(self) -> bool:
        """Whether less than 1 s of its timeout is left."""

    def __enter__(self) -> Lock:
        """Acquire it and return it."""

    def __exit__(self, *error: Any) -> Any:
        """Release it."""


class Region(Protocol):
    """Layer 'store': the region of dogpile.cache that a store works on."""

    name: str
    backend: Any
    """The backend, inside its proxies; each proxy has the next as ``proxied``."""
    key_mangler: Any


class Store(Protocol):
    """Layer 'store': a store that is not configured yet. The suite configures it, over probes of its own.

    The probes are registered with dogpile.cache as ``mockleak.conformance.Probe`` and the like, so ``configure`` has to
    find any backend that is registered there. With the claim 'clock' ``clock`` and ``sleep`` are given to ``make`` and
    to ``configure``. With the claim 'preconfigured' ``make(configured=True)`` returns a store that is configured over a
    backend of the maker's choice, for the clauses about data, and ``make(configured=False)`` one that is not. With the
    claim 'registry' ``make(name=..., region=...)`` returns the store of that name.
    """

    @property
    def region(self) -> Region:
        """The region."""

    @property
    def is_configured(self) -> bool:
        """Whether it is configured; may be a method as well."""

    def configure(
        self,
        backing_store: str,
        key_mangler: Any = None,
        proxy_list: Any = None,
        locking: bool = True,
        enable_key_mangler: bool = True,
        **backend_arguments: Any,
    ) -> Any:
        """Make the backend, once."""

    def get(self, key: str) -> Any:
        """Return the value. Raises NotFound with the key as its ``target``."""

    def get_multi(self, keys: Iterable[str]) -> list[Any]:
        """Return the values. Raises NotFound with the list of all missing keys as its ``target``."""

    def set(self, key: str, value: Any, lock: Lock | None = None) -> Any:
        """Store a value; a lock is checked."""

    def set_multi(self, mapping: Mapping[str, Any]) -> Any:
        """Store values."""

    def delete(self, key: str, lock: Lock | None = None) -> Any:
        """Remove a key; a lock is checked. Raises NotFound with the key as its ``target``."""

    def delete_multi(self, keys: Iterable[str]) -> Any:
        """Remove keys; those that are missing are no error."""

    def get_lock(self, key: str) -> Lock:
        """Return a lock for a key."""

    def mutex(self, key: str) -> Mutex:
        """Return the mutex of a key: the backend's, or one of the store's own."""

    def action_with_lock(self, key: str, lock: Lock | None = None) -> AbstractContextManager[Any]:
        """Check a lock, for what is done in a ``with`` block."""

    def set_key_mangler(self, key_mangler: Any) -> Any:
        """Change the key mangler of the region and of the backend."""


class Driver(Protocol):
    """A driver for memcached, as the pivot sees it: dogpile's memcached backends, and the suite's ``ProbeDriver``."""

    set_arguments: dict[str, Any]
    """What goes with every ``set`` and ``set_multi`` of the client: ``time``, the seconds to expire, and others."""

    client: Any
    """The client: set, set_multi, add, get, get_multi, delete, delete_multi."""


class Pivot(Backend, Protocol):
    """Layer 'driver': a pivot, which is a backend over a driver. ``make`` makes it over ``ProbeDriver``.

    The option ``expiration_time`` has to reach the driver as its argument ``memcached_expire_time``. With the claim
    'registered_drivers' ``make(memcached_backend=...)`` names the driver, and ``"probe"`` is ``ProbeDriver``.
    """

    driver: ProbedDriver
    key_mangler: Any
    max_lock_attempts: int
    lock_timeout: float
    no_expiry_hashed_keys: Iterable[str]
    raw_no_expiry_keys: Iterable[str]


class ProbedDriver(Driver, Protocol):
    """A driver that tells the arguments that it was made with."""

    arguments: dict[str, Any]
