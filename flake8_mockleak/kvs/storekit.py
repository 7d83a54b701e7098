"""What the clauses of the layer 'store' share: a store to configure, and the probe that ends up behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check
from flake8_mockleak.kvs.probes import PROBE, Probe, register_probe
from flake8_mockleak.kvs.views import is_configured, is_error

STORE = ("store",)


def unconfigured(b: Bench, **options: Any) -> Any:
    """Make a store that is not configured yet."""
    register_probe()
    if b.claimed("preconfigured"):
        options["configured"] = False
    store = b.raw(**options)
    check(
        not is_configured(store),
        "make() gave a store that is configured already; this clause configures it. Return a store before "
        "configure(), or claim 'preconfigured' and obey its option configured=False",
    )
    return store


def call(b: Bench, store: Any, method: str, *args: Any, **kwargs: Any) -> Any:
    """Call a method of a store and write the call down."""
    return b.script.call(f"{b.script.show(store)}.{method}", getattr(store, method), *args, **kwargs)


def configure(b: Bench, store: Any, backing_store: str = PROBE, **words: Any) -> Probe:
    """Configure a store over a probe, and return the probe."""
    if b.claimed("clock"):
        words = {"clock": b.time.clock, "sleep": b.time.sleep, **words}
        for word in ("clock", "sleep"):
            b.script.named(word, words[word])
    call(b, store, "configure", backing_store, **words)
    probe: Probe = innermost(store)
    return probe


def configured(b: Bench, backing_store: str = PROBE, **words: Any) -> tuple[Any, Probe]:
    """Make and configure a store; return it and its probe."""
    store = unconfigured(b)
    return store, configure(b, store, backing_store, **words)


def innermost(store: Any) -> Any:
    """Return the backend of a store, below its proxies."""
    backend = store.region.backend
    while hasattr(backend, "proxied"):
        backend = backend.proxied
    return backend


def raises_named(name: str, function: Callable[..., Any], *args: Any, what: str, **kwargs: Any) -> Exception:
    """Return the exception that the call raises; it has to be of a class of that name, or derived from one."""
    try:
        result = function(*args, **kwargs)
    except Exception as error:
        check(is_error(error, name), f"{what}: raised {type(error).__name__} ({error}), expected {name}")
        return error
    raise AssertionError(f"{what}: nothing was raised, expected {name}; the call returned {result!r}")


def value_of(member: Any) -> Any:
    """Return what a property is, or what a method of that name returns."""
    return member() if callable(member) else member
