"""Who really touched a leaked mock: what its records of calls and its configuration tell, read without calling it."""

from __future__ import annotations

from builtins import all, any, len, map, max  # as they are now: a test may leave others
from collections.abc import Mapping
from operator import is_
from types import FunctionType
from typing import Any, NamedTuple

from flake8_mockleak.runtime import statics

_DEPTH = 3
_CHILDREN = 50
_BOOKKEEPING = ("_mock_", "_spec_", "method_calls", "_is_coroutine", "__")


class Touch(NamedTuple):
    """How often a test called a mock, and whether it configured it."""

    calls: int
    configured: bool


class Fingerprint:
    """The state of a mock at one moment.

    ``seen`` are the namespaces of the mock and of what it made of itself, with what they held.
    """

    __slots__ = ("calls", "list", "configuration", "seen")

    def __init__(self, mock: object) -> None:
        space = _state_of(mock)
        calls: Any = space.get("_mock_mock_calls")
        self.list = calls
        self.calls = list.__len__(calls) if issubclass(type(calls), list) else 0
        self.configuration: dict[tuple[str, ...], Any] = {}
        self.seen: list[tuple[Mapping[str, Any], list[Any]]] = []
        _configuration(mock, space, (), self)

    def may_have_been_called(self, value: object) -> bool:
        """Whether the records of calls have grown since, or were reset: a short look for ``since``."""
        calls: Any = _state_of(statics.mock_in(value)).get("_mock_mock_calls")
        if calls is None or calls is not self.list:
            return calls is not self.list
        return list.__len__(calls) != self.calls

    def is_untouched(self, value: object) -> bool:
        """Whether nothing at all has changed since, as after most tests: that takes far less than a second look."""
        if self.may_have_been_called(value):
            return False
        return all(len(space) == len(held) and all(map(is_, space.values(), held)) for space, held in self.seen)

    def since(self, earlier: Fingerprint) -> Touch | None:
        """Return what was done to the mock since an earlier moment; None if nothing was."""
        reset = self.list is not earlier.list
        calls = self.calls if reset else self.calls - earlier.calls
        configured = reset or self.configuration.keys() != earlier.configuration.keys()
        if not configured:
            configured = any(value is not earlier.configuration[path] for path, value in self.configuration.items())
        return Touch(max(calls, 0), configured) if calls or configured else None


def fingerprint(value: object) -> Fingerprint | None:
    """Return the state of what was put in a place; None if that is no mock."""
    mock = statics.mock_in(value)
    return None if mock is None else Fingerprint(mock)


def _state_of(mock: object) -> Mapping[str, Any]:
    return statics.members(mock) or {}


def _configuration(mock: object, space: Mapping[str, Any], path: tuple[str, ...], of: Fingerprint) -> None:
    """Collect what somebody set, by its path; what the mock made of itself is descended into and not counted."""
    found, values = of.configuration, dict(space)
    of.seen.append((space, list(values.values())))
    own = values.get("_mock_children")
    children: list[tuple[Any, Any]] = []
    if type(own) is dict:
        children = list(own.items())
        of.seen.append((own, list(own.values())))
    answer = values.get("_mock_return_value")
    if answer is not None and _made_itself(answer, mock):
        children.append(("()", answer))
    elif type.__dict__["__name__"].__get__(type(answer)) != "_SentinelObject":
        found[path + ("return_value",)] = answer
    effect = values.get("_mock_side_effect")
    if effect is not None:
        found[path + ("side_effect",)] = effect
    for name, value in values.items():
        if type(name) is str and not name.startswith(_BOOKKEEPING) and type(value) is not FunctionType:
            found[path + (name,)] = value
    if len(path) >= _DEPTH:
        return
    for name, child in children[:_CHILDREN]:
        if statics.mock_in(child) is child and child is not mock:
            _configuration(child, _state_of(child), (*path, str(name)), of)


def _made_itself(answer: object, mock: object) -> bool:
    return statics.mock_in(answer) is answer and statics.member(answer, "_mock_new_parent") is mock
