"""Places: what is replaced, and what undoes the replacement of what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import NamedTuple

_SEPARATOR = re.compile(r"[.\[]")


class Kind(Enum):
    """What sort of place a mock is put in."""

    ATTRIBUTE = "attribute"
    MODULE_ENTRY = "sys.modules entry"
    ITEM = "item of a container"
    CONFIGURATION = "configuration value"


class Place(NamedTuple):
    """What is replaced. ``key`` is its canonical path; ``text`` is how the user wrote it.

    A key is ``module.attribute`` or ``container[item]``. ``?`` stands in it for what is not known: the beginning of
    ``?.attribute``, or the name in ``module.?``.
    """

    key: str
    text: str
    kind: Kind = Kind.ATTRIBUTE

    def inside(self, other: Place) -> bool:
        """Tell whether putting ``other`` back puts this back too. In doubt, it does."""
        mine, theirs = self.key, other.key
        if mine == theirs or mine.startswith((f"{theirs}.", f"{theirs}[")):
            return True
        if theirs.startswith("sys.modules[") and mine.startswith((f"{theirs[12:-1]}.", f"{theirs[12:-1]}[")):
            return True  # the module is imported anew
        root, their_root = _root(mine), _root(theirs)
        last, their_last = mine[len(root) :], theirs[len(their_root) :]
        if not {last, their_last}.isdisjoint({".?", "[?]"}):
            return root == their_root and last[:1] == their_last[:1]  # to clear a cache restores no method of it
        return _tail(mine) == _tail(theirs)

    @property
    def name(self) -> str:
        """The attribute's name; empty for an item."""
        return "" if self.key.endswith("]") else self.key.rpartition(".")[2]

    def as_known_to_all(self) -> Place:
        """Return the place with a text that does not say what a helper calls it."""
        return self._replace(text=self.key.replace("?", "<name>"))

    def owners(self) -> Iterator[str]:
        """Yield the paths that this place is a part of, its own first."""
        yield self.key
        for match in _SEPARATOR.finditer(self.key):
            yield self.key[: match.start()]


def _root(key: str) -> str:
    """The path without its last name or item."""
    if key.endswith("]"):
        return key[: key.index("[")] if "[" in key else key
    return key.rpartition(".")[0]


def _tail(key: str) -> str:
    """The last two names of a path: a module is often reached by several paths, which end alike."""
    if "[" in key:
        return key
    names = key.rsplit(".", 2)
    return names[-1] if names[0] == "?" or len(names) < 2 else ".".join(names[-2:])


class Covers:
    """The places that something undoes anyhow, so that an assignment to them leaks nothing."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._places: list[Place] = []
        self._keys: dict[str, int] = {}
        self._wholes: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._open_roots: dict[str, int] = {}
        self.extend(places)

    def __len__(self) -> int:
        return len(self._places)

    def extend(self, places: Iterable[Place]) -> None:
        """Add places."""
        for place in places:
            self._places.append(place)
            self._count(place, 1)

    def since(self, length: int) -> list[Place]:
        """Return the places added since there were ``length`` of them."""
        return self._places[length:]

    def cut(self, length: int) -> None:
        """Forget the places added since there were ``length`` of them."""
        for place in self._places[length:]:
            self._count(place, -1)
        del self._places[length:]

    def remove(self, places: Iterable[Place]) -> None:
        """Forget places."""
        for place in places:
            if place in self._places:
                self._places.remove(place)
                self._count(place, -1)

    def copy(self) -> Covers:
        """Return covers of the same places."""
        copy = Covers()
        copy._places = self._places.copy()
        copy._keys, copy._names = self._keys.copy(), self._names.copy()
        copy._wholes, copy._open_roots = self._wholes.copy(), self._open_roots.copy()
        return copy

    def _count(self, place: Place, by: int) -> None:
        key = place.key
        if key.startswith("sys.modules["):
            _add(self._wholes, key[12:-1], by)  # the module is imported anew
        if key.endswith((".?", "[?]")):
            _add(self._open_roots, _root(key), by)
            _add(self._wholes, _root(key), by)
        _add(self._keys, key, by)
        _add(self._names, place.name, by)

    def __contains__(self, place: Place) -> bool:
        """Whether a place is undone: by its path, or, since paths differ, as an attribute of the same name."""
        return self.undo(place)

    def have(self, key: str) -> bool:
        """Whether a path is undone itself."""
        return key in self._keys

    def undo(
        self, place: Place, imported: str = "", is_elsewhere: Callable[[str, str], bool] = lambda *_: False
    ) -> bool:
        """Whether a place is undone. ``imported``: the path of the import that the place is reached by.

        A patch of that very path does not touch what the import has brought: after ``from shop import Cart``, a mock
        that ``patch("shop.Cart")`` puts there is not ``Cart``. ``is_elsewhere`` tells of two paths whether they are
        known to be different modules or classes: an attribute of one is not that of the other.
        """
        if not self._keys:
            return False
        if place.name and place.name in self._names:
            root = _root(place.key)
            alike = [each for each in self._places if each.name == place.name]
            if not all(is_elsewhere(root, _root(each.key)) for each in alike):
                return True
        if self._open_roots and _root(place.key) in self._open_roots:
            return True
        if not place.name:  # an item of a container, which may be put back whole
            container = _tail(_root(place.key))
            if any(_tail(each.key) == container for each in self._places):
                return True
        owners = place.owners()
        return any(owner in self._wholes or owner in self._keys and len(owner) > len(imported) for owner in owners)


def _add(counts: dict[str, int], key: str, by: int) -> None:
    """Count a key; one that has gone down to none is gone."""
    count = counts.get(key, 0) + by
    if count:
        counts[key] = count
    else:
        counts.pop(key, None)
