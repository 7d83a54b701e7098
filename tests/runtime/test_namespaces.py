"""What a namespace tells of what became of it since the last look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.namespaces import Namespace

BEFORE = {"a": 1, "b": 2, 3: 4}
Space = dict[Any, Any]


class Hostile:
    """Compares with nothing, and has no truth."""

    def __eq__(self, other: object) -> bool:
        raise AssertionError

    def __bool__(self) -> bool:
        raise AssertionError


hostile = Hostile()


def _delete_and_bind(space: Space) -> None:
    del space["a"]
    space["c"] = 5


def _delete_and_bind_again(space: Space) -> None:
    del space["a"]
    space["a"] = 5


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda space: None, []),
        (lambda space: space.update(b=5), [("b", 2, 5)]),
        (lambda space: space.update(c=5), [("c", statics.MISSING, 5)]),
        (lambda space: space.update(a=hostile, c=5), [("a", 1, hostile), ("c", statics.MISSING, 5)]),
        (lambda space: space.update({3: 5, 6: 7}), []),  # what is no string may have an ``__eq__`` of the user's
        (lambda space: space.pop("a"), []),
        (lambda space: space.clear(), []),
        (_delete_and_bind, [("c", statics.MISSING, 5)]),
        (_delete_and_bind_again, [("a", 1, 5)]),
    ],
)
def test_changes(change: Callable[[Space], object], expected: list[tuple[str, object, object]]) -> None:
    live = dict(BEFORE)
    space = Namespace("n", object(), live)
    change(live)
    found = list(space.changes())
    assert [name for name, _, _ in found] == [name for name, _, _ in expected]
    for (_, *values), (_, *wanted) in zip(found, expected, strict=True):
        assert all(value is want for value, want in zip(values, wanted, strict=True))
    assert list(space.changes()) == []
    assert space.unchanged()
