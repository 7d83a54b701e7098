"""MLK404: the mocks that the decorators pass do not fit the parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.decorations import Decorated, PatchDecorator, Role
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, named_patch

WHY = """\
Each patch without a replacement of its own passes its mock to the function, the lowest decorator first. A mock
without a parameter, or a parameter without a mock, makes the call fail. In a test function of pytest the first
parameters take the mocks, whatever they are called: a fixture's name there gets a mock.
"""

BAD = """\
import time
from unittest import mock


@mock.patch("time.sleep")
def test_wait(tmp_path, sleep):  # MLK404
    time.sleep(0.01)
    assert not isinstance(tmp_path, mock.Mock)
"""

GOOD = """\
import time
from unittest import mock


@mock.patch("time.sleep")
def test_wait(sleep, tmp_path):
    time.sleep(0.01)
    assert not isinstance(tmp_path, mock.Mock)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report tests and set-ups of unittest that get too many or too few arguments, and fixtures that are mocks."""
    for function in facts.decorations.functions:
        injected = function.injected
        if injected is None or not function.is_plain:
            continue
        if function.role is Role.UNITTEST:
            message = _miscount(function, injected)
            if message is not None and function.owner is not None and facts.is_test_case(function.owner):
                yield finding(RULE.code, function.node, message)
        elif function.role is Role.PYTEST:
            yield from _wrong_fixtures(function, injected)


def _miscount(function: Decorated, injected: list[PatchDecorator]) -> str | None:
    """Return what to say of a function that is called with just its mocks, if they do not fit."""
    arguments = function.node.args
    parameters = function.parameters
    passed = function.passed
    if len(injected) == len(parameters) and not passed:
        return None  # as nearly always
    by_position = parameters[: len(injected)]
    required = [each.arg for each in parameters[len(injected) : len(parameters) - len(arguments.defaults)]]
    missing = [name for name in required if name not in passed]
    if len(injected) > len(parameters) and arguments.vararg is None:
        lost = ", ".join(named_patch(patch) for patch in injected[len(parameters) :])
        return f"{function.node.name} has no parameter for the mock of the {lost}; add one, behind the others"
    if missing:
        what = ", ".join(map(repr, missing))
        if not function.explicit.isdisjoint(missing):
            return None  # MLK406 tells why
        return f"nothing passes {what} to {function.node.name}: its decorators inject {len(injected)} mock(s)"
    taken = passed.intersection(each.arg for each in by_position)
    if taken:
        return f"{function.node.name} gets {min(taken)!r} twice, by its position and from patch.multiple by its name"
    return None


def _wrong_fixtures(function: Decorated, injected: list[PatchDecorator]) -> Iterator[Finding]:
    parameters = function.parameters
    if len(injected) > len(parameters) and function.node.args.vararg is None:
        lost = ", ".join(named_patch(patch) for patch in injected[len(parameters) :])
        message = f"{function.node.name} has no parameter for the mock of the {lost}; add one in front of the fixtures"
        yield finding(RULE.code, function.node, message)
        return
    for parameter, patch in zip(parameters, injected):
        if (
            parameter.arg in function.fixtures
            and len(parameters) > len(injected)
            and not _is_meant(parameter, patch, function)
        ):
            message = f"{parameter.arg!r} is not the fixture here, it takes the mock of the {named_patch(patch)}"
            yield finding(RULE.code, parameter, f"{message}; name the mocks first, then the fixtures")


def _is_meant(parameter: ast.arg, patch: PatchDecorator, function: Decorated) -> bool:
    """Whether a parameter is a mock on purpose: by the name of what is patched, or by what the test asks it."""
    return parameter.arg == patch.name.lower() or function.takes_for_mock(parameter.arg)


RULE = Rule(
    code="MLK404",
    name="patch-arguments-mismatch",
    summary="the mocks that the decorators pass do not fit the function's parameters",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
