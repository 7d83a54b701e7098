"""Key-value stores: a reference store, and the conformance suite that it and every fake of a store has to pass.

Needs dogpile.cache and hypothesis: ``pip install "flake8-mockleak[kvs]"``. The linter does not import this package.
What is exported is imported when it is first asked for.
"""

# flake8: noqa: F401  (the imports for type checkers are exports)
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flake8_mockleak.kvs.adapters import DogpileBackend as DogpileBackend
    from flake8_mockleak.kvs.adapters import MappingBackend as MappingBackend
    from flake8_mockleak.kvs.adapters import MemcacheBackend as MemcacheBackend
    from flake8_mockleak.kvs.adapters import RedisBackend as RedisBackend
    from flake8_mockleak.kvs.difference import Difference as Difference
    from flake8_mockleak.kvs.difference import differential as differential
    from flake8_mockleak.kvs.errors import KeyValueStoreError as KeyValueStoreError
    from flake8_mockleak.kvs.errors import LockTimeout as LockTimeout
    from flake8_mockleak.kvs.errors import NotFound as NotFound
    from flake8_mockleak.kvs.errors import UnexpectedError as UnexpectedError
    from flake8_mockleak.kvs.errors import ValidationError as ValidationError
    from flake8_mockleak.kvs.locks import KeyValueStoreLock as KeyValueStoreLock
    from flake8_mockleak.kvs.memcached import VALID_DOGPILE_BACKENDS as VALID_DOGPILE_BACKENDS
    from flake8_mockleak.kvs.memcached import MemcachedBackend as MemcachedBackend
    from flake8_mockleak.kvs.memory import MemoryBackend as MemoryBackend
    from flake8_mockleak.kvs.probes import ProbeDriver as ProbeDriver
    from flake8_mockleak.kvs.registry import get_key_value_store as get_key_value_store
    from flake8_mockleak.kvs.registry import register_backend as register_backend
    from flake8_mockleak.kvs.registry import register_backends as register_backends
    from flake8_mockleak.kvs.store import KeyValueStore as KeyValueStore
    from flake8_mockleak.kvs.suite import conformance as conformance

# A submodule must not have the name of an export: importing it would put the module in the export's place.
_MODULES = {
    "Difference": "difference",
    "DogpileBackend": "adapters",
    "KeyValueStore": "store",
    "KeyValueStoreError": "errors",
    "KeyValueStoreLock": "locks",
    "LockTimeout": "errors",
    "MappingBackend": "adapters",
    "MemcacheBackend": "adapters",
    "MemcachedBackend": "memcached",
    "MemoryBackend": "memory",
    "NotFound": "errors",
    "ProbeDriver": "probes",
    "RedisBackend": "adapters",
    "UnexpectedError": "errors",
    "VALID_DOGPILE_BACKENDS": "memcached",
    "ValidationError": "errors",
    "conformance": "suite",
    "differential": "difference",
    "get_key_value_store": "registry",
    "register_backend": "registry",
    "register_backends": "registry",
}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has: {', '.join(__all__)}")
    try:
        module = import_module(f"{__name__}.{_MODULES[name]}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith(__name__):
            raise
        raise ImportError(
            f'{__name__}.{name} needs {error.name}: pip install "flake8-mockleak[kvs]"', name=error.name
        ) from error
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
