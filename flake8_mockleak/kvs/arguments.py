"""The checks of what a user of a store or backend hands in."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from pkgutil import resolve_name
from typing import Any

from dogpile.cache.api import NO_VALUE, CachedValue
from dogpile.cache.proxy import ProxyBackend

from flake8_mockleak.kvs.errors import ValidationError

LOG = logging.getLogger(__name__)

KeyMangler = Callable[[str], str]
"""Makes a backend's key from a store's key."""


def seconds(name: str, value: Any) -> float:
    """Return a duration in seconds that came as argument ``name``; None means 0. Raises ValidationError."""
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
        raise ValidationError(f"{name} must be a number of seconds, 0 or more, not {value!r}")
    return value


def whole_seconds(name: str, value: Any) -> int:
    """Return a duration that came as argument ``name``; None means 0. Raises ValidationError for fractions, too."""
    duration = seconds(name, value)
    if duration != int(duration):
        raise ValidationError(f"{name} must be a number of whole seconds, not {value!r}")
    return int(duration)


def lock_attempts(value: Any) -> int | None:
    """Return the argument ``max_lock_attempts``; None means no limit. Raises ValidationError."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValidationError(f"max_lock_attempts must be a whole number, 1 or more, not {value!r}")
    return value


def refuse_no_value(key: object, value: object) -> None:
    """Raise ValidationError for a value that a later ``get`` could not tell from a missing key."""
    if value is NO_VALUE or (isinstance(value, CachedValue) and value.payload is NO_VALUE):
        raise ValidationError(f"NO_VALUE stands for a missing key and cannot be stored, under {key!r}")


def key_list(keys: Iterable[str]) -> list[str]:
    """Return the argument ``keys`` as a list. Raises ValidationError for a single key, which is iterable, too."""
    if isinstance(keys, (str, bytes)):
        raise ValidationError(f"keys must be several keys, not the one {keys!r}")
    return list(keys)


def proxies(proxy_list: Iterable[object] | None) -> list[ProxyBackend]:
    """Return the proxies that ``proxy_list`` names: classes, objects or dotted names of classes.

    What is not a ProxyBackend is logged and left out. Raises ValidationError for a name that cannot be imported, for an
    object that is around another backend already, and for a string in place of the list.
    """
    if isinstance(proxy_list, str):
        raise ValidationError(f"proxy_list must be a list of proxies, not the one {proxy_list!r}")
    found = []
    for item in proxy_list or ():
        proxy = _imported(item) if isinstance(item, str) else item
        if isinstance(proxy, type) and issubclass(proxy, ProxyBackend):
            found.append(proxy())
        elif not isinstance(proxy, ProxyBackend):
            LOG.warning("%r is not a dogpile.cache.proxy.ProxyBackend and is left out", item)
        elif hasattr(proxy, "proxied"):
            raise ValidationError(f"the proxy {item!r} is around another backend already")
        else:
            found.append(proxy)
    return found


def _imported(name: str) -> object:
    try:
        return resolve_name(name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValidationError(f"the proxy {name!r} cannot be imported: {error}") from error
