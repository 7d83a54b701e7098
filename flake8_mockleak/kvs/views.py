"""Views: one face for the stores of all layers, so that a clause is written once. Every call enters the script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dogpile.cache.api import NO_VALUE

from flake8_mockleak.kvs.script import Script


class MakeError(Exception):
    """``make`` did not give a store that can be tested. That is no statement about the store."""


MISS = NO_VALUE
"""What a view's ``get`` gives for a missing key."""


class View:
    """A store of the layers 'backend' and 'driver': a dogpile.cache backend, as it is."""

    def __init__(self, raw: Any, script: Script, options: Mapping[str, Any]) -> None:
        self.raw = raw
        self.script = script
        self.name = script.show(raw)

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method of the store."""
        return self.script.call(f"{self.name}.{method}", getattr(self.raw, method), *args, **kwargs)

    def get(self, key: Any) -> Any:
        """Return the value of a key, or MISS."""
        return self.call("get", key)

    def get_multi(self, keys: Iterable[Any]) -> Any:
        """Return the values of the keys in their order, MISS for those that are missing."""
        return self.call("get_multi", keys)

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self.call("set", key, value)

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store several values."""
        self.call("set_multi", mapping)

    def delete(self, key: Any) -> None:
        """Remove a key, missing or not."""
        self.call("delete", key)

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove several keys, missing or not."""
        self.call("delete_multi", keys)

    def mutex(self, key: Any) -> Handle:
        """Return a new mutex object for a key."""
        return self._handle("get_mutex", key)

    def _handle(self, method: str, key: Any) -> Handle:
        name = self.script.name("mutex")
        raw = self.script.call(f"{name} = {self.name}.{method}", getattr(self.raw, method), key)
        assert raw is not None, f"{method}({key!r}) gave None, no mutex"
        return Handle(self.script.named(name, raw), self.script)


class Handle:
    """A mutex."""

    def __init__(self, raw: Any, script: Script) -> None:
        self.raw = raw
        self._script = script
        self._name = script.show(raw)

    def acquire(self, *wait: bool) -> Any:
        """Acquire it; with False do not wait."""
        return self._script.call(f"{self._name}.acquire", self.raw.acquire, *wait)

    def release(self) -> Any:
        """Release it."""
        return self._script.call(f"{self._name}.release", self.raw.release)

    def locked(self) -> Any:
        """Tell whether it is held."""
        return self._script.call(f"{self._name}.locked", self.raw.locked)


class StoreView(View):
    """A store of the layer 'store'. A store that is not configured is configured over the probe backend."""

    def __init__(self, raw: Any, script: Script, options: Mapping[str, Any]) -> None:
        from flake8_mockleak.kvs.probes import PROBE, register_probe

        super().__init__(raw, script, options)
        if not is_configured(raw):
            register_probe()
            arguments = {word: value for word, value in options.items() if word != "time"}
            self.call("configure", PROBE, **arguments)

    def get(self, key: Any) -> Any:
        """Return the value of a key, or MISS where the store raises NotFound."""
        try:
            return self.call("get", key)
        except Exception as error:
            if not is_error(error, "NotFound"):
                raise
            return MISS

    def get_multi(self, keys: Iterable[Any]) -> Any:
        """Return the values of the keys; where NotFound names missing ones, the others one by one."""
        wanted = list(keys)
        try:
            return self.call("get_multi", wanted if isinstance(keys, list) else iter(wanted))
        except Exception as error:
            if not is_error(error, "NotFound"):
                raise
            missing = list(getattr(error, "target", None) or ())
        return [MISS if key in missing else self.get(key) for key in wanted]

    def delete(self, key: Any) -> None:
        """Remove a key, missing or not."""
        try:
            self.call("delete", key)
        except Exception as error:
            if not is_error(error, "NotFound"):
                raise

    def mutex(self, key: Any) -> Handle:
        """Return the mutex of a key."""
        return self._handle("mutex", key)


class DriverView(View):
    """A store of the layer 'driver': a pivot over the ProbeDriver, whose server gets the clock of the clause."""

    def __init__(self, raw: Any, script: Script, options: Mapping[str, Any]) -> None:
        from flake8_mockleak.kvs.probes import ProbeDriver

        super().__init__(raw, script, options)
        driver = getattr(raw, "driver", None)
        if not isinstance(driver, ProbeDriver):
            raise MakeError(f"make() gave a pivot over {driver!r}; in the layer 'driver' it has to be a ProbeDriver")
        driver.client.clock = options["time"].clock


class MappingView(View):
    """A store of the layer 'mapping': a MutableMapping."""

    def get(self, key: Any) -> Any:
        """Return the value of a key, or MISS where the mapping raises KeyError."""
        try:
            return self.call("__getitem__", key)
        except KeyError:
            return MISS

    def get_multi(self, keys: Iterable[Any]) -> list[Any]:
        """Return the values of the keys, one by one."""
        return [self.get(key) for key in keys]

    def set(self, key: Any, value: Any) -> None:
        """Store a value."""
        self.call("__setitem__", key, value)

    def set_multi(self, mapping: Mapping[Any, Any]) -> None:
        """Store several values."""
        self.call("update", mapping)

    def delete(self, key: Any) -> None:
        """Remove a key, missing or not."""
        try:
            self.call("__delitem__", key)
        except KeyError:
            pass

    def delete_multi(self, keys: Iterable[Any]) -> None:
        """Remove the keys, one by one."""
        for key in keys:
            self.delete(key)


def view_of(layer: str, raw: Any, script: Script, options: Mapping[str, Any]) -> View:
    """Return the view for a layer."""
    return {"store": StoreView, "driver": DriverView, "mapping": MappingView}.get(layer, View)(raw, script, options)


def is_configured(store: Any) -> bool:
    """Tell whether a store is configured, by its property or its method of that name."""
    answer = store.is_configured
    return bool(answer() if callable(answer) else answer)


def is_error(error: BaseException, name: str) -> bool:
    """Tell whether an exception is of a class of that name or of one derived from it.

    The name decides: a store brings classes of its own.
    """
    return any(base.__name__ == name for base in type(error).__mro__)
