"""MLK303: a mock as the default value of a parameter."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
A default value is made once, when the function is defined. Every call without that argument shares the mock, with the
calls and the configuration of those before.
"""

BAD = """\
from unittest import mock


def greet(name, mailer=mock.Mock()):  # MLK303
    mailer.send(f"Hello {name}")
    return mailer


def test_greet_alice():
    greet("Alice").send.assert_called_once_with("Hello Alice")


def test_greet_bob():
    greet("Bob").send.assert_called_once_with("Hello Bob")
"""

GOOD = """\
from unittest import mock


def greet(name, mailer=None):
    mailer = mailer or mock.Mock()
    mailer.send(f"Hello {name}")
    return mailer


def test_greet_alice():
    greet("Alice").send.assert_called_once_with("Hello Alice")


def test_greet_bob():
    greet("Bob").send.assert_called_once_with("Hello Bob")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every mock that is a default value."""
    for default in facts.default_mocks:
        message = f"all calls of {default.function!r} without {default.parameter!r} share this mock"
        yield finding(RULE.code, default.node, f"{message}; make None the default, and the mock in the function")


RULE = Rule(
    code="MLK303",
    name="mock-as-default-argument",
    summary="a mock is the default value of a parameter, and so shared by all calls",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
