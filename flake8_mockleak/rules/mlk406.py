"""MLK406: a name that patch.multiple was given a value for is expected from it."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.decorations import Role
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
`patch.multiple` passes, or puts in its dict, only the mocks that it made itself: those of the names given as
`DEFAULT`. A name with a value of its own is patched all the same, but it is neither passed nor in the dict.
"""

BAD = """\
import os
from unittest import mock


def test_remove():
    with mock.patch.multiple("os", remove=mock.DEFAULT, getcwd=mock.Mock()) as mocks:
        os.remove(os.getcwd())
        mocks["getcwd"].assert_called_once_with()  # MLK406
"""

GOOD = """\
import os
from unittest import mock


def test_remove():
    with mock.patch.multiple("os", remove=mock.DEFAULT, getcwd=mock.DEFAULT) as mocks:
        mocks["getcwd"].return_value = "/"
        os.remove(os.getcwd())
        mocks["getcwd"].assert_called_once_with()
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the parameters and dict items that stay without a value."""
    advice = "use DEFAULT for it and configure the mock, or make the mock before"
    for function in facts.decorations.functions:
        explicit = function.explicit
        if not explicit:
            continue
        arguments = function.node.args
        for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            if parameter.arg in explicit and not _is_passed_otherwise(parameter.arg, function.role, function.fixtures):
                message = f"patch.multiple does not pass {parameter.arg!r}, for it is given a value of its own"
                yield finding(RULE.code, parameter, f"{message}; {advice}")
    for item in facts.missing_items:
        message = f"{item.name!r} is not in the dict of patch.multiple, for it is given a value of its own"
        yield finding(RULE.code, item.node, f"{message}; {advice}")


def _is_passed_otherwise(name: str, role: Role, fixtures: frozenset[str]) -> bool:
    return role is Role.OTHER or name in fixtures


RULE = Rule(
    code="MLK406",
    name="patch-multiple-explicit-value",
    summary="patch.multiple passes only what is given as DEFAULT, not the name expected here",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
