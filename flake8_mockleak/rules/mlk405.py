"""MLK405: stacked decorators whose mocks land in each other's parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.decorations import Decorated, PatchDecorator, Role
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
Decorators are applied from the bottom up, so the lowest patch fills the first parameter. With the names the other way
round, each mock is configured and checked in place of the other, and a test may pass without checking anything.
"""

BAD = """\
import os
from unittest import mock


@mock.patch("os.remove")
@mock.patch("os.rename")
def test_rename(mock_remove, mock_rename):  # MLK405
    os.rename("old", "new")
    mock_rename.assert_not_called()
"""

GOOD = """\
import os
from unittest import mock


@mock.patch("os.remove")
@mock.patch("os.rename")
def test_rename(mock_rename, mock_remove):
    os.rename("old", "new")
    mock_rename.assert_called_once_with("old", "new")
"""

_PREFIXES = ("mocked_", "mock_", "fake_", "stub_", "patched_", "m_")
_SUFFIXES = ("_mock", "_mocked", "_fake", "_stub", "_patch", "_m")


def check(facts: Facts) -> Iterator[Finding]:
    """Report functions whose parameters carry the names of the patches, in another order."""
    for function in facts.decorations.functions:
        swapped = _swapped(function)
        if swapped is not None:
            first, second = swapped
            message = f"{first!r} and {second!r} take each other's mock, or another"
            yield finding(RULE.code, function.node, f"{message}: the lowest decorator fills the first parameter")


def _swapped(function: Decorated) -> tuple[str, str] | None:
    """Return two parameters that carry the names of patches and stand in the wrong order.

    One name alone says little, as a parameter may be called after something else; so neither of the two has the mock
    of its name. Where a caller or another decorator may pass arguments in front of the mocks, they have each other's.
    """
    injected = function.injected
    if injected is None or len(injected) < 2:
        return None
    required = function.parameters[: len(function.parameters) - len(function.node.args.defaults)]
    targets = [_plain(patch.name) for patch in injected]
    names = [_plain(parameter.arg) for parameter in required]
    if names[: len(targets)] == targets:
        return None  # as mostly
    # Each name of a patch, the longer one too, ends with the name of its target.
    ends = tuple(targets)
    if len([name for name in names if name.endswith(ends)]) < 2 or _is_in_order(injected, required):
        return None
    for index, patch in enumerate(injected):  # `mock_path_exists` is named after `path.exists`
        if targets[index] not in names and targets.count(targets[index]) == 1:
            longer = _plain(patch.longer_name)
            if names.count(longer) == 1:
                targets[index] = longer
    displaced = [
        (targets.index(name), place)
        for place, name in enumerate(names)
        if name and targets.count(name) == 1 and names.count(name) == 1 and targets.index(name) != place
    ]
    is_called_with_mocks_alone = function.is_plain and function.role in {Role.UNITTEST, Role.PYTEST}
    for (target, place), (other_target, other_place) in combinations(displaced, 2):
        exchanged = (target, other_target) == (other_place, place)
        if exchanged or is_called_with_mocks_alone and target > other_target:
            return required[place].arg, required[other_place].arg
    return None


def _is_in_order(patches: list[PatchDecorator], parameters: list[ast.arg]) -> bool:
    """Whether each parameter ends with the very name of the patch in its place."""
    if len(parameters) < len(patches):
        return False
    for patch, parameter in zip(patches, parameters):
        if not parameter.arg.endswith(patch.name):
            return False
    return True


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Return a name without what marks it as a mock's, and without underscores and case."""
    name = name.lower()
    if name.startswith(_PREFIXES):
        name = name.partition("_")[2]
    if name.endswith(_SUFFIXES):
        name = name.rpartition("_")[0]
    return name.replace("_", "")


RULE = Rule(
    code="MLK405",
    name="patch-arguments-swapped",
    summary="the parameters are in another order than the decorators that fill them",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
