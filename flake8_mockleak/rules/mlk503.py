"""MLK503: an assertion about the result of an assertion."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Weakness
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
The assert methods of a mock raise if they find a fault, and return None otherwise. Asserting on that result says
nothing about the mock: it fails although the call was right, or, negated, it passes for no reason.
"""

BAD = """\
from unittest import mock


def greet(name, mailer):
    mailer.send(f"Hello {name}")


def test_greet():
    mailer = mock.Mock()
    greet("Alice", mailer)
    assert not mailer.bounce.assert_not_called()  # MLK503
    assert mailer.send.assert_called_once_with("Hello Alice")  # MLK503
"""

GOOD = """\
from unittest import mock


def greet(name, mailer):
    mailer.send(f"Hello {name}")


def test_greet():
    mailer = mock.Mock()
    greet("Alice", mailer)
    mailer.bounce.assert_not_called()
    mailer.send.assert_called_once_with("Hello Alice")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the assertions whose result is asserted on."""
    for weak in facts.weak_assertions:
        if weak.weakness is Weakness.RESULT_ASSERTED:
            message = f"{weak.text!r} returns None, whatever the mock was called with"
            yield finding(RULE.code, weak.node, f"{message}; call it as a statement of its own")


RULE = Rule(
    code="MLK503",
    name="assertion-of-assertion",
    summary="the result of a mock's assertion is asserted on, and it is always None",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
