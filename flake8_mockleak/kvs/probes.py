"""Probes: what the suite puts under a store or a pivot, to see what reaches it.

``Probe`` is a backend, for the layer 'store'; ``ProbeDriver`` is a driver for memcached, for the layer 'driver'. Both
keep what they are given, as they should, and write down every call.
"""

from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from dogpile.cache import register_backend
from dogpile.cache.api import NO_VALUE, CacheBackend
from dogpile.cache.proxy import ProxyBackend

from flake8_mockleak.kvs.memory import MemoryBackend

PROBE = "mockleak.conformance.Probe"
PROBE_DRIVER = "probe"
"""The name under which a pivot has to know ``ProbeDriver`` for the claim 'registered_drivers'."""


class Call(NamedTuple):
    """A call that reached a probe: by which object, of what, with the keys, and the other arguments."""

    who: str
    what: str
    keys: tuple[Any, ...]
    more: dict[str, Any]


class Probe(CacheBackend):
    """A backend that writes down its arguments and calls. It works: a MemoryBackend is behind it."""

    key_mangler: Any = None

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.arguments = arguments
        self.memory = MemoryBackend(arguments)
        self.calls: list[Call] = []

    def note(self, who: object, what: str, keys: Iterable[Any], **more: Any) -> None:
        """Write a call down."""
        self.calls.append(Call(type(who).__name__, what, tuple(keys), more))

    def seen(self, *whats: str) -> list[Any]:
        """Return the keys of the calls of these names, in the order of the calls."""
        return [key for call in self.calls if call.what in whats for key in call.keys]

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""
        self.note(self, "get", [key])
        return self.memory.get(key)

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values, NO_VALUE for those that are missing."""
        keys = list(keys)
        self.note(self, "get_multi", keys)
        return self.memory.get_multi(keys)

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self.note(self, "set", [key])
        self.memory.set(key, value)

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store values."""
        self.note(self, "set_multi", mapping)
        self.memory.set_multi(mapping)

    def delete(self, key: Any) -> None:
        """Remove a key."""
        self.note(self, "delete", [key])
        self.memory.delete(key)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove keys."""
        keys = list(keys)
        self.note(self, "delete_multi", keys)
        self.memory.delete_multi(keys)

    def get_mutex(self, key: Any) -> Any:
        """Return a mutex that writes down its calls, too."""
        self.note(self, "get_mutex", [key])
        return _ProbeMutex(self, key)


class _ProbeMutex:
    def __init__(self, probe: Probe, key: Any) -> None:
        self._probe = probe
        self._key = key
        self._mutex = probe.memory.get_mutex(key)

    def acquire(self, wait: bool = True) -> bool:
        self._probe.note(self._probe, "acquire", [self._key], wait=wait)
        return self._mutex.acquire(wait)

    def release(self) -> None:
        self._probe.note(self._probe, "release", [self._key])
        self._mutex.release()

    def locked(self) -> bool:
        return self._mutex.locked()


class ManglingProbe(Probe):
    """A probe with a key mangler of its own."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        super().__init__(arguments)
        self.key_mangler = own_mangler


class InsistingProbe(ManglingProbe):
    """A probe with a key mangler of its own that no other may replace."""

    use_backend_key_mangler = True


class MutexlessProbe(Probe):
    """A probe without mutexes."""

    def get_mutex(self, key: Any) -> Any:
        """Return None."""
        self.note(self, "get_mutex", [key])
        return None


def own_mangler(key: str) -> str:
    """The key mangler of a probe that has one."""
    return f"own-{key}"


class _NotingProxy(ProxyBackend):
    def _note(self, what: str, keys: Iterable[Any]) -> None:
        inner: Any = self
        while isinstance(inner, ProxyBackend):
            inner = inner.proxied
        inner.note(self, what, keys)

    def get(self, key: Any) -> Any:
        self._note("get", [key])
        return self.proxied.get(key)

    def get_multi(self, keys: Iterable[Any]) -> Any:
        keys = list(keys)
        self._note("get_multi", keys)
        return self.proxied.get_multi(keys)

    def set(self, key: Any, value: Any) -> None:
        self._note("set", [key])
        self.proxied.set(key, value)

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        self._note("set_multi", mapping)
        self.proxied.set_multi(mapping)

    def delete(self, key: Any) -> None:
        self._note("delete", [key])
        self.proxied.delete(key)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        keys = list(keys)
        self._note("delete_multi", keys)
        self.proxied.delete_multi(keys)

    def get_mutex(self, key: Any) -> Any:
        self._note("get_mutex", [key])
        return self.proxied.get_mutex(key)


class OuterProxy(_NotingProxy):
    """A proxy that writes down its calls."""


class InnerProxy(_NotingProxy):
    """Another one."""


class NoProxy:
    """A class that is no proxy."""


def register_probe() -> None:
    """Make the probes known to dogpile.cache, as ``mockleak.conformance.CLASS``."""
    for name in ("Probe", "ManglingProbe", "InsistingProbe", "MutexlessProbe"):
        register_backend(f"mockleak.conformance.{name}", __name__, name)  # type: ignore[no-untyped-call]


class ProbeClient:
    """A memcached client with its server: keeps pickled values, honours ``time``, and writes down the calls.

    ``time`` is in seconds, 0 is for ever, a negative one is over at once.
    """

    def __init__(self) -> None:
        self.clock: Callable[[], float] = time.monotonic
        self.calls: list[Call] = []
        self._entries: dict[Any, tuple[bytes, float | None]] = {}
        self._guard = threading.Lock()

    def lookup(self, key: Any, default: Any) -> Any:
        """Return the value or the default, without writing it down."""
        return self._read([key]).get(key, default)

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the value or the default."""
        self._note("get", [key])
        return self.lookup(key, default)

    def get_multi(self, keys: Iterable[Any]) -> dict[Any, Any]:
        """Return the values that are there."""
        keys = list(keys)
        self._note("get_multi", keys)
        return self._read(keys)

    def set(self, key: Any, value: Any, time: float = 0, **more: Any) -> bool:
        """Store a value."""
        self._note("set", [key], **_given(time), **more)
        self._write({key: value}, time)
        return True

    def set_multi(self, mapping: Mapping[Any, Any], time: float = 0, **more: Any) -> list[Any]:
        """Store values; return the keys that failed: none."""
        self._note("set_multi", mapping, **_given(time), **more)
        self._write(mapping, time)
        return []

    def add(self, key: Any, value: Any, time: float = 0, **more: Any) -> bool:
        """Store a value unless there is one."""
        self._note("add", [key], value=value, time=time, **more)
        pickled = pickle.dumps(value)
        with self._guard:
            if self._alive(key) is not None:
                return False
            self._entries[key] = (pickled, self._deadline(time))
            return True

    def delete(self, key: Any, *_: Any) -> bool:
        """Remove a key."""
        self._note("delete", [key])
        with self._guard:
            return self._entries.pop(key, None) is not None

    def delete_multi(self, keys: Iterable[Any], *_: Any) -> bool:
        """Remove keys."""
        keys = list(keys)
        self._note("delete_multi", keys)
        with self._guard:
            for key in keys:
                self._entries.pop(key, None)
        return True

    def writes(self) -> list[Call]:
        """Return the calls of set and set_multi."""
        return [call for call in self.calls if call.what in ("set", "set_multi")]

    def _note(self, what: str, keys: Iterable[Any], **more: Any) -> None:
        self.calls.append(Call("client", what, tuple(keys), more))

    def _read(self, keys: Iterable[Any]) -> dict[Any, Any]:
        with self._guard:
            found = {key: self._alive(key) for key in keys}
        return {key: pickle.loads(pickled) for key, pickled in found.items() if pickled is not None}

    def _write(self, mapping: Mapping[Any, Any], time: float) -> None:
        pickled = {key: pickle.dumps(value) for key, value in mapping.items()}
        with self._guard:
            for key, content in pickled.items():
                self._entries[key] = (content, self._deadline(time))

    def _deadline(self, time: float) -> float | None:
        return self.clock() + time if time else None

    def _alive(self, key: Any) -> bytes | None:
        content, deadline = self._entries.get(key, (None, None))
        return None if deadline is not None and self.clock() >= deadline else content


def _given(time: float) -> dict[str, float]:
    return {"time": time} if time else {}


class ProbeDriver(CacheBackend):
    """A driver, as dogpile's memcached backends are: ``set_arguments`` go with every ``set`` and ``set_multi``.

    ``arguments`` are what it was made with; ``probe_attribute`` and ``probe_method`` are there to be forwarded to.
    """

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.arguments = dict(arguments)
        self.set_arguments: dict[str, Any] = {"flavour": "probe"}
        if "memcached_expire_time" in arguments:
            self.set_arguments["time"] = arguments["memcached_expire_time"]
        self.client = ProbeClient()
        self.probe_attribute = object()

    def probe_method(self, word: str) -> str:
        """Return the word twice."""
        return word * 2

    def get(self, key: Any) -> Any:
        """Return the value, or NO_VALUE."""
        return self.client.lookup(key, NO_VALUE)

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values, NO_VALUE for those that are missing."""
        keys = list(keys)
        found = self.client.get_multi(keys)
        return [found.get(key, NO_VALUE) for key in keys]

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self.client.set(key, value, **self.set_arguments)

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store values."""
        self.client.set_multi(mapping, **self.set_arguments)

    def delete(self, key: Any) -> None:
        """Remove a key."""
        self.client.delete(key)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove keys."""
        self.client.delete_multi(keys)
