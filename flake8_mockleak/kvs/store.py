"""KeyValueStore: what a program uses to store values under keys, whatever backend is below."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dogpile.cache.api import NO_VALUE
from dogpile.cache.exception import PluginNotFound
from dogpile.cache.proxy import ProxyBackend
from dogpile.cache.region import CacheRegion
from dogpile.cache.util import sha1_mangle_key
from dogpile.util import NameRegistry

from flake8_mockleak.kvs.arguments import KeyMangler, key_list, proxies, refuse_no_value, seconds
from flake8_mockleak.kvs.errors import LockTimeout, NotFound, UnexpectedError, ValidationError
from flake8_mockleak.kvs.locks import LOCK_WINDOW, Clock, KeyValueStoreLock, Mutex

LOG = logging.getLogger(__name__)

DEFAULT_LOCK_TIMEOUT = 5
"""Seconds for which the holder of a lock may use it, unless ``configure`` is told otherwise."""


class KeyValueStore:
    """Values under keys, in the backend of a dogpile.cache region.

    Call ``configure`` once, unless the region is configured already. Until then every other call raises
    UnexpectedError. ``get_key_value_store`` gives the store of a name.
    """

    def __init__(self, region: CacheRegion) -> None:
        self._region = region
        self._locking = True
        self._lock_timeout: float = 0
        self._clock: Clock = time.monotonic
        self._mangling = True
        self._configuring = threading.Lock()
        # For backends without a mutex, and for what must be one step among the threads of this process.
        self._local_mutexes = NameRegistry(lambda key: threading.Lock())
        self._deletions = NameRegistry(lambda key: threading.Lock())
        self._backend_mangler: KeyMangler | None = region.actual_backend.key_mangler if region.is_configured else None

    @property
    def region(self) -> CacheRegion:
        """The region that the store works on."""
        return self._region

    @property
    def is_configured(self) -> bool:
        """Whether the store has a backend."""
        return self._region.is_configured

    @property
    def lock_timeout(self) -> float:
        """Seconds for which the holder of a lock may use it; 0 is for ever."""
        return self._lock_timeout

    def configure(
        self,
        backing_store: str,
        key_mangler: KeyMangler | None = None,
        proxy_list: Iterable[str | ProxyBackend | type[ProxyBackend]] | None = None,
        locking: bool = True,
        enable_key_mangler: bool = True,
        **backend_arguments: Any,
    ) -> None:
        """Give the store its backend.

        - ``backing_store``: the registered name of a backend: ``mockleak.kvs.Memory``, one of ``register_backend``, or
          any of dogpile.cache.
        - ``key_mangler``: makes the backend's keys from the store's. Without one it is the backend's own, or else
          ``dogpile.cache.util.sha1_mangle_key``. A backend with ``use_backend_key_mangler = True`` always has its own.
        - ``proxy_list``: the proxies around the backend, the outermost first: ``ProxyBackend`` classes, objects, or
          dotted names. What is none is logged and left out.
        - ``locking``: with False, locks hold no mutex and never expire.
        - ``enable_key_mangler``: with False, keys go to the backend as they are.
        - ``backend_arguments`` reach the backend. The store looks at ``lock_timeout`` (seconds for which the holder of
          a lock may use it, 5 unless given; the backend's mutex is held for LOCK_WINDOW longer; 0 is for ever) and at
          ``clock`` (for tests), and adds ``distributed_lock=True`` unless given.

        Raises RuntimeError when the store is configured already, ValidationError for a bad argument. After an error the
        store is not configured.
        """
        with self._configuring:
            if self.is_configured:
                raise RuntimeError(f"the region {self._region.name!r} is configured already")
            if key_mangler is not None and not callable(key_mangler):
                raise ValidationError(f"key_mangler must be callable, not {key_mangler!r}")
            lock_timeout = seconds("lock_timeout", backend_arguments.get("lock_timeout", DEFAULT_LOCK_TIMEOUT))
            arguments: dict[str, Any] = {"distributed_lock": True, **backend_arguments}
            arguments["lock_timeout"] = lock_timeout + LOCK_WINDOW if lock_timeout else 0
            wrap = proxies(proxy_list)
            try:
                self._region.configure(backing_store, arguments=arguments, wrap=wrap)
            except PluginNotFound as error:
                raise ValidationError(
                    f"no backend is registered as {backing_store!r}; there are mockleak.kvs.Memory, "
                    "mockleak.kvs.Memcached, those of dogpile.cache and what register_backend has been given"
                ) from error
            self._locking = locking
            self._lock_timeout = lock_timeout
            self._clock = arguments.get("clock") or time.monotonic
            self._mangling = enable_key_mangler
            self._backend_mangler = self._region.actual_backend.key_mangler
            self._apply_key_mangler(key_mangler)

    def set_key_mangler(self, key_mangler: KeyMangler | None) -> None:
        """Change the key mangler, by the same rules as in ``configure``, for the region and the backend.

        What is stored already stays under the keys that the former one made.
        """
        self._assert_configured()
        if key_mangler is not None and not callable(key_mangler):
            raise ValidationError(f"key_mangler must be callable, not {key_mangler!r}")
        self._apply_key_mangler(key_mangler)

    def get(self, key: str) -> Any:
        """Return the value stored under ``key``. Raises NotFound."""
        self._assert_configured()
        value = self._region.get(key)
        if value is NO_VALUE:
            raise NotFound(target=key)
        return value

    def get_multi(self, keys: Iterable[str]) -> list[Any]:
        """Return the values in the order of ``keys``. Raises NotFound with the list of all keys that are missing."""
        self._assert_configured()
        wanted = key_list(keys)
        values: list[Any] = list(self._region.get_multi(wanted))  # type: ignore[no-untyped-call]
        if len(values) != len(wanted):
            raise UnexpectedError(f"the backend gave {len(values)} value(s) for {len(wanted)} key(s)")
        missing = [key for key, value in zip(wanted, values) if value is NO_VALUE]
        if missing:
            raise NotFound(target=missing)
        return values

    def set(self, key: str, value: Any, lock: KeyValueStoreLock | None = None) -> None:
        """Store ``value`` under ``key``; ``lock`` is checked as in ``action_with_lock``."""
        refuse_no_value(key, value)
        with self.action_with_lock(key, lock):
            self._region.set(key, value)

    def set_multi(self, mapping: Mapping[str, Any]) -> None:
        """Store all the values of ``mapping`` under their keys. No lock is taken."""
        self._assert_configured()
        for key, value in mapping.items():
            refuse_no_value(key, value)
        self._region.set_multi(mapping)

    def delete(self, key: str, lock: KeyValueStoreLock | None = None) -> None:
        """Remove ``key``; ``lock`` is checked as in ``action_with_lock``. Raises NotFound when nothing is there.

        Of several threads that delete a key through one store, one succeeds. Among processes only a lock ensures that.
        """
        with self.action_with_lock(key, lock), self._deletions.get(key):
            self.get(key)
            self._region.delete(key)

    def delete_multi(self, keys: Iterable[str]) -> None:
        """Remove those of ``keys`` that are there. No lock is taken."""
        self._assert_configured()
        unwanted = key_list(keys)
        if unwanted:
            self._region.delete_multi(unwanted)

    def get_lock(self, key: str) -> KeyValueStoreLock:
        """Return a lock for ``key``, to be used in a ``with`` statement and handed to ``set`` and ``delete``."""
        return KeyValueStoreLock(self.mutex(key), key, self._locking, self._lock_timeout, clock=self._clock)

    def mutex(self, key: str) -> Mutex:
        """Return the backend's mutex for ``key``, or one of this process when the backend has none.

        The key is not mangled for it.
        """
        self._assert_configured()
        mutex: Mutex | None = self._region.backend.get_mutex(key)
        if mutex is None:
            mutex = self._local_mutexes.get(key)
        return mutex

    @contextlib.contextmanager
    def action_with_lock(self, key: str, lock: KeyValueStoreLock | None = None) -> Iterator[None]:
        """Do something to ``key`` under ``lock``, which must be held. Without a lock, nothing is taken or checked.

        Raises ValueError when the lock is for another key, ValidationError when it is not held, LockTimeout when it
        has expired.
        """
        self._assert_configured()
        if lock is not None:
            if lock.key != key:
                raise ValueError(f"the lock is for {lock.key!r} and not for {key!r}")
            if not lock.active:
                raise ValidationError(f"the lock for {key!r} is not held: enter it first")
            if lock.expired:
                raise LockTimeout(f"the lock for {key!r} is held for longer than its {lock.lock_timeout} s allow")
        yield

    def _assert_configured(self) -> None:
        if not self.is_configured:
            raise UnexpectedError(f"the store {self._region.name!r} is not configured")

    def _apply_key_mangler(self, given: KeyMangler | None) -> None:
        mangler = self._choose_key_mangler(given)
        self._region.key_mangler = mangler
        LOG.info("the key mangler of the region %s is %r", self._region.name, mangler)
        for layer in self._layers():
            try:
                layer.key_mangler = mangler
            except Exception:
                # Only a backend that keeps a list of raw keys needs to know how they are mangled.
                if hasattr(layer, "raw_no_expiry_keys"):
                    raise
                LOG.debug("%r does not take a key mangler", layer, exc_info=True)

    def _choose_key_mangler(self, given: KeyMangler | None) -> KeyMangler | None:
        if not self._mangling:
            return None
        own = self._backend_mangler
        if own is not None and getattr(self._region.actual_backend, "use_backend_key_mangler", False):
            return own
        return given or own or sha1_mangle_key

    def _layers(self) -> Iterator[Any]:
        """Yield the backend as the region sees it, and what each proxy stands for, down to the backend itself."""
        layer: Any = self._region.backend
        while True:
            yield layer
            if not isinstance(layer, ProxyBackend):
                return
            layer = layer.proxied
