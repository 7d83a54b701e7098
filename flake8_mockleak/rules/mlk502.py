"""MLK502: an assertion without its parentheses."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Weakness
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
Without parentheses the method is named and not called. Nothing is checked, and the test passes whatever the program
did.
"""

BAD = """\
from unittest import mock


def greet(name, mailer):
    mailer.send(f"Hello {name}")
    mailer.send(f"Hello {name}")


def test_greet():
    mailer = mock.Mock()
    greet("Alice", mailer)
    mailer.send.assert_called_once  # MLK502
"""

GOOD = """\
from unittest import mock


def greet(name, mailer):
    mailer.send(f"Hello {name}")


def test_greet():
    mailer = mock.Mock()
    greet("Alice", mailer)
    mailer.send.assert_called_once()
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the assertions of mocks that are named and not called."""
    for weak in facts.weak_assertions:
        if weak.weakness is Weakness.NOT_CALLED:
            yield finding(RULE.code, weak.node, f"{weak.text!r} is not called and asserts nothing; add parentheses")


RULE = Rule(
    code="MLK502",
    name="assertion-not-called",
    summary="an assertion of a mock is not called",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
