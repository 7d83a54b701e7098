"""Claims: what a store promises beyond the core, and the options of ``make`` that each promise brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LAYERS = ("backend", "store", "driver", "mapping")


@dataclass(frozen=True)
class Claim:
    """A promise that a store may make. ``options`` are the keyword arguments that ``make`` then has to take."""

    name: str
    text: str
    options: tuple[str, ...] = ()


_ALL = (
    Claim("atomic_multi", "set_multi and delete_multi happen at once or not at all"),
    Claim("bytes_keys", "a key may be bytes, and is another key than the str of the same letters"),
    Claim("clock", "time is taken from a clock that is handed in, so that no clause has to wait", ("clock", "sleep")),
    Claim("has_lock_timeout", "has_lock_timeout() tells whether a mutex frees itself", ("lock_timeout",)),
    Claim("isolation", "what is stored cannot be changed through an object outside"),
    Claim("json", "values of the JSON types come back equal and of the same type"),
    Claim("large_values", "a value of 1.5 MiB is stored"),
    Claim("lock_timeout", "a mutex frees itself after so many seconds; 0 means never", ("lock_timeout",)),
    Claim("max_lock_attempts", "a waiting acquire gives up after so many attempts", ("max_lock_attempts",)),
    Claim("miss_token", "the token that stands for a missing key is refused as a value, or comes back as one"),
    Claim("mutex", "a key has a mutex"),
    Claim("mutex_any_thread", "a mutex may be released by another thread than the one that acquired it"),
    Claim("mutex_owner", "only the owner of a mutex can release it"),
    Claim("no_expiry", "named keys never expire", ("no_expiry_keys",)),
    Claim("pickle", "values of any type that can be pickled come back equal and of the same type"),
    Claim("preconfigured", "the layer 'store': make gives a store over its own backend", ("configured",)),
    Claim("private", "two stores made apart share nothing"),
    Claim("registered_drivers", "the layer 'driver': the driver is chosen by its name", ("memcached_backend",)),
    Claim("registry", "the layer 'store': a store is known by its name, once", ("name", "region")),
    Claim("shared", "two stores made apart are two handles of one store"),
    Claim("threads", "threads may use one store at once"),
    Claim("ttl", "values expire after so many seconds; 0 means never", ("expiration_time",)),
    Claim("ttl_fraction", "the time to expire, and that of a mutex, may be a fraction of a second, and is kept to it"),
    Claim("ttl_long", "the time to expire may be more than 30 days"),
    Claim("unbounded", "nothing is dropped because there is a lot of it"),
)

CLAIMS = {claim.name: claim for claim in _ALL}

OPTIONS = frozenset(option for claim in _ALL for option in claim.options)


def options_of(claims: Iterable[str]) -> frozenset[str]:
    """Return the names of the options that ``make`` takes under these claims."""
    return frozenset(option for name in claims for option in CLAIMS[name].options)


def checked_claims(claims: Iterable[str]) -> frozenset[str]:
    """Return the claims as a set. Raises ValueError for one that does not exist, TypeError for a plain string."""
    if isinstance(claims, str):
        raise TypeError(f"claims must be a collection of names, not the string {claims!r}; write {{{claims!r}}}")
    made = frozenset(claims)
    unknown = sorted(made - CLAIMS.keys(), key=str)
    if unknown:
        raise ValueError(f"unknown claim {_listed(unknown)}; the claims are {', '.join(sorted(CLAIMS))}")
    if {"shared", "private"} <= made:
        raise ValueError("the claims 'shared' and 'private' exclude each other: two stores share their data or do not")
    if "pickle" in made:
        made |= {"json"}
    return made


def _listed(names: Iterable[object]) -> str:
    return ", ".join(repr(name) for name in names)
