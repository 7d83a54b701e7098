"""MLK501: a name that reads like an assertion."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Weakness
from flake8_mockleak.model.names import ASSERTIONS
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
A mock answers to any name, so a method that only reads like an assertion checks nothing, and its answer, a new mock, is
always true. Python 3.12 refuses a few of these names, the versions before it none.
"""

BAD = """\
from unittest import mock


def greet(name, mailer):
    mailer.send(f"Hello {name}")
    mailer.send(f"Hello {name}")


def test_greet():
    mailer = mock.Mock()
    greet("Alice", mailer)
    assert mailer.send.was_called_once()  # MLK501
"""

GOOD = """\
from unittest import mock


def greet(name, mailer):
    mailer.send(f"Hello {name}")


def test_greet():
    mailer = mock.Mock()
    greet("Alice", mailer)
    mailer.send.assert_called_once_with("Hello Alice")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report what reads like an assertion on a mock and is none."""
    for weak in facts.weak_assertions:
        if weak.weakness is Weakness.NO_ASSERTION:
            advice = (
                f"assert_{weak.name}" if f"assert_{weak.name}" in ASSERTIONS else "one of the mock's assert_ methods"
            )
            message = f"{weak.text!r} asserts nothing: a mock answers to any name"
            yield finding(RULE.code, weak.node, f"{message}; call {advice}")


RULE = Rule(
    code="MLK501",
    name="unknown-assertion",
    summary="a mock is asked by a name that only reads like an assertion",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
