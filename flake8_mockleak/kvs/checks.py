"""The comparisons that clauses are made of. Each raises AssertionError with words that name both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flake8_mockleak.kvs.views import MISS


def same(actual: object, expected: object, what: str) -> None:
    """``actual`` equals ``expected`` and has its type, in all its parts."""
    if not alike(actual, expected):
        raise AssertionError(f"{what}: got {brief(actual)}, expected {brief(expected)}")


def miss(actual: object, what: str) -> None:
    """``actual`` is the token for a missing key."""
    if actual is not MISS:
        raise AssertionError(f"{what}: got {brief(actual)}, expected a miss")


def check(condition: object, what: str) -> None:
    """The condition holds; ``what`` says what is wrong when it does not."""
    if not condition:
        raise AssertionError(what)


def raises(function: Callable[..., Any], *args: Any, what: str) -> Exception:
    """Return the exception that the call raises."""
    try:
        result = function(*args)
    except Exception as error:
        return error
    raise AssertionError(f"{what}: nothing was raised, the call returned {brief(result)}")


def alike(one: object, other: object) -> bool:
    """Tell whether two values are equal and of the same types, in all their parts."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return len(one) == len(other) and _all_alike(one.items(), other.items())
    if isinstance(one, float):
        return repr(one) == repr(other)
    return one == other


def _all_alike(some: Iterable[tuple[object, object]], others: Iterable[tuple[object, object]]) -> bool:
    rest = list(others)
    for key, value in some:
        for position, (other_key, other_value) in enumerate(rest):
            if alike(key, other_key) and alike(value, other_value):
                del rest[position]
                break
        else:
            return False
    return True


def brief(value: object) -> str:
    """Return the value for a message, of a length that can be read."""
    if value is MISS:
        return "a miss"
    text = repr(value)
    if len(text) > 120:
        size = f", {len(value)} long" if isinstance(value, (str, bytes, list, dict)) else ""
        text = f"{text[:100]} ... ({type(value).__name__}{size})"
    return text
