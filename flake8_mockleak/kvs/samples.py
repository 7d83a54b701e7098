"""Values to store: of a user's class, of a class that cannot be pickled, and of one that tells when it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Point:
    """A plain class with two attributes."""

    def __init__(self, x: Any, y: Any) -> None:
        self.x = x
        self.y = y

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.x!r}, {self.y!r})"


class Falsy(Point):
    """An object that is false."""

    def __bool__(self) -> bool:
        return False


class Pair(NamedTuple):
    """A tuple with names, of two."""

    left: Any
    right: Any


class Unserialisable:
    """A value that no store can write down."""

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError("this value cannot be serialised")

    def __repr__(self) -> str:
        return "Unserialisable()"


class Telltale:
    """A value that calls a function when it is written down. It is read back as its number."""

    def __init__(self, number: int, tell: Callable[[], None]) -> None:
        self.number = number
        self.tell = tell

    def __reduce_ex__(self, protocol: Any) -> Any:
        self.tell()
        return int, (self.number,)

    def __repr__(self) -> str:
        return f"Telltale({self.number})"
