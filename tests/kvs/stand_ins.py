"""What the tests put around and below a store: backends, a memcached driver, proxies and a clock of their own."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from dogpile.cache.api import NO_VALUE, CacheBackend
from dogpile.cache.proxy import ProxyBackend

from flake8_mockleak.kvs import KeyValueStore, MemoryBackend, get_key_value_store, register_backend


class FakeClock:
    """A clock that stands still, but for ``sleep`` and ``advance``. All in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def advance(self, duration: float) -> None:
        self.now += duration

    def sleep(self, duration: float) -> None:
        self.slept.append(duration)
        self.advance(duration)


class EntryMutex:
    """A mutex that is an entry among the data, as on a memcached server."""

    def __init__(self, entries: dict[str, Any], key: str) -> None:
        self.entries = entries
        self.name = "_lock" + key

    def acquire(self, wait: bool = True) -> bool:
        if self.name in self.entries:
            return False
        self.entries[self.name] = 1
        return True

    def release(self) -> None:
        del self.entries[self.name]


class OpenBackend(CacheBackend):
    """Data and locks in one dictionary for the tests to look into; a key mangler of its own; any argument is kept."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.arguments = dict(arguments)
        self.entries: dict[str, Any] = {}

    def key_mangler(self, key: str) -> str:  # type: ignore[override]
        return "open_" + key

    def get(self, key: str) -> Any:
        return self.entries.get(key, NO_VALUE)

    def get_multi(self, keys: Any) -> list[Any]:
        return [self.get(key) for key in keys]

    def set(self, key: str, value: Any) -> None:
        self.entries[key] = value

    def set_multi(self, mapping: Mapping[str, Any]) -> None:
        self.entries.update(mapping)

    def delete(self, key: str) -> None:
        self.entries.pop(key, None)

    def delete_multi(self, keys: Any) -> None:
        for key in keys:
            self.delete(key)

    def get_mutex(self, key: str) -> Any:
        return EntryMutex(self.entries, key)


class ForcingBackend(OpenBackend):
    """Insists on its own key mangler."""

    use_backend_key_mangler = True

    def key_mangler(self, key: str) -> str:  # type: ignore[override]
        return "forced_" + key


class StubbornBackend(MemoryBackend):
    """Does not let its key mangler be set."""

    @property
    def key_mangler(self) -> None:  # type: ignore[override]
        return None


class OuterProxy(ProxyBackend):
    """Changes nothing."""


class InnerProxy(ProxyBackend):
    """Changes nothing."""


class CountingProxy(ProxyBackend):
    """Notes the name of each call."""

    def __init__(self) -> None:
        self.calls: list[str] = []


def _counting(name: str) -> Any:
    def call(self: CountingProxy, *arguments: Any) -> Any:
        self.calls.append(name)
        return getattr(self.proxied, name)(*arguments)

    return call


for _name in ("get", "set", "delete", "get_multi", "set_multi", "delete_multi", "get_mutex"):
    setattr(CountingProxy, _name, _counting(_name))


class RecordingClient:
    """A memcached client without a server. It keeps the arguments of each ``set`` and ``set_multi``."""

    def __init__(self) -> None:
        self.entries: dict[str, Any] = {}
        self.calls: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        self.added: list[tuple[str, Any, int]] = []
        self.refuses: set[str] = set()
        self.silent = False

    def get(self, key: str) -> Any:
        return self.entries.get(key)

    def set(self, key: str, value: Any, **arguments: Any) -> bool | None:
        self.calls.append(("set", {key: value}, arguments))
        if key not in self.refuses:
            self.entries[key] = value
        return None if self.silent else key not in self.refuses

    def set_multi(self, mapping: Mapping[str, Any], **arguments: Any) -> list[str] | None:
        self.calls.append(("set_multi", dict(mapping), arguments))
        self.entries.update({key: value for key, value in mapping.items() if key not in self.refuses})
        return None if self.silent else [key for key in mapping if key in self.refuses]

    def add(self, key: str, value: Any, duration: int) -> bool:
        self.added.append((key, value, duration))
        if key in self.entries:
            return False
        self.entries[key] = value
        return True

    def delete(self, key: str) -> bool:
        return self.entries.pop(key, None) is not None


class RecordingDriver(CacheBackend):
    """A driver in the way of dogpile's memcached backends."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.arguments = arguments
        self.client = RecordingClient()
        self.set_arguments: dict[str, Any] = {}
        if "memcached_expire_time" in arguments:
            self.set_arguments["time"] = arguments["memcached_expire_time"]

    def get(self, key: str) -> Any:
        return self.client.entries.get(key, NO_VALUE)

    def get_multi(self, keys: Any) -> list[Any]:
        return [self.get(key) for key in keys]

    def delete(self, key: str) -> None:
        self.client.delete(key)

    def delete_multi(self, keys: Any) -> None:
        for key in keys:
            self.delete(key)

    def only_of_the_driver(self) -> str:
        return "forwarded"


OPEN = register_backend(OpenBackend)
FORCING = register_backend(ForcingBackend)
STUBBORN = register_backend(StubbornBackend)
MEMORY = "mockleak.kvs.Memory"
MEMCACHED = "mockleak.kvs.Memcached"


def fresh(prefix: str = "") -> str:
    """Return a name that nothing else has."""
    return prefix + uuid.uuid4().hex


def unconfigured() -> KeyValueStore:
    """Return a new store."""
    return get_key_value_store(fresh())


def configured(backing_store: str = MEMORY, **options: Any) -> KeyValueStore:
    """Return a new store that is configured like that."""
    store = unconfigured()
    store.configure(backing_store, **options)
    return store
