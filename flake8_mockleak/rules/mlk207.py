"""MLK207: an attribute that is set on the class `Mock` itself."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
Without parentheses the name stands for the class `Mock`, not for a new mock. What is set on it is set for every mock of
the whole process, also for those of other tests, and rebinding the name does not take it away.
"""

BAD = """\
from unittest import mock


def summary(response):
    return f"{response.status} {response.reason}"


def test_summary_of_a_missing_page():
    response = mock.Mock
    response.status = 404  # MLK207
    response.reason = "Not Found"  # MLK207
    assert summary(response) == "404 Not Found"
"""

GOOD = """\
from unittest import mock


def summary(response):
    return f"{response.status} {response.reason}"


def test_summary_of_a_missing_page():
    response = mock.Mock()
    response.status = 404
    response.reason = "Not Found"
    assert summary(response) == "404 Not Found"
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every attribute that is set on a class of the mock library."""
    for change in facts.mock_class_changes:
        message = f"{change.alias!r} is the class {change.class_name}, so {change.attribute!r} changes for every mock"
        yield finding(RULE.code, change.node, f"{message} of the process; make a mock of it: {change.class_name}()")


RULE = Rule(
    code="MLK207",
    name="mock-class-configured",
    summary="the class Mock is configured in place of a mock, because its parentheses are missing",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
