"""The stores of this process by name, and the backends that they may be configured with."""

from __future__ import annotations

import threading
import weakref
from pkgutil import resolve_name

from dogpile.cache import make_region
from dogpile.cache import register_backend as register_with_dogpile
from dogpile.cache.api import CacheBackend
from dogpile.cache.region import CacheRegion

from flake8_mockleak.kvs.errors import ValidationError
from flake8_mockleak.kvs.store import KeyValueStore

PREFIX = "mockleak.kvs."
"""What the names of the registered backends begin with."""

_STORES: weakref.WeakValueDictionary[str, KeyValueStore] = weakref.WeakValueDictionary()
_BACKENDS: dict[str, str] = {}
_GUARD = threading.RLock()


def get_key_value_store(name: str, region: CacheRegion | None = None) -> KeyValueStore:
    """Return the store of that name: always the same object while anybody holds it, a new one otherwise.

    A new store works on ``region`` if one is given, and on a region of the store's own name if not. Raises
    ValidationError when the store is there already and has another region.
    """
    register_backends()
    with _GUARD:
        store = _STORES.get(name)
        if store is None:
            store = _STORES[name] = KeyValueStore(make_region(name=name) if region is None else region)
        elif region is not None and region is not store.region:
            raise ValidationError(f"the store {name!r} has another region already")
        return store


def register_backends() -> None:
    """Make ``mockleak.kvs.Memory`` and ``mockleak.kvs.Memcached`` known to dogpile.cache.

    Only the first call does anything; ``get_key_value_store`` makes it.
    """
    register_backend("flake8_mockleak.kvs.memory.MemoryBackend", "Memory")
    register_backend("flake8_mockleak.kvs.memcached.MemcachedBackend", "Memcached")


def register_backend(backend: str | type[CacheBackend], name: str | None = None) -> str:
    """Make a backend class known as ``mockleak.kvs.NAME``, and return that name. Doing it again changes nothing.

    ``backend`` is a class at the top level of a module, or the dotted name of one (which is then imported when it is
    first used); ``name`` is the name of the class unless given. Raises ValidationError when another class has the name
    already, or when the class cannot be found under its own name.
    """
    path = backend if isinstance(backend, str) else f"{backend.__module__}.{backend.__qualname__}"
    module, _, class_name = path.rpartition(".")
    if not module:
        raise ValidationError(f"{path!r} is not the dotted name of a class, such as 'package.module.Class'")
    if not isinstance(backend, str) and _find(module, class_name) is not backend:
        raise ValidationError(f"{path!r} is not at the top level of a module, so that it cannot be imported by name")
    full_name = PREFIX + (name or class_name)
    with _GUARD:
        if full_name not in _BACKENDS:
            _BACKENDS[full_name] = path
            register_with_dogpile(full_name, module, class_name)  # type: ignore[no-untyped-call]
        elif _BACKENDS[full_name] != path:
            raise ValidationError(f"the backend {full_name!r} is {_BACKENDS[full_name]} already, and cannot be {path}")
    return full_name


def _find(module: str, class_name: str) -> object:
    try:
        return resolve_name(f"{module}:{class_name}")
    except (ImportError, AttributeError, ValueError):
        return None
