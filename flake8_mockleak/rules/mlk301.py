"""MLK301: a mock that all tests of a module or class share."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
A mock made in a module or class body is made once. It remembers the calls of every test, and what one test configures
is there in the next, so tests pass or fail with their order.
"""

BAD = """\
from unittest import mock

mailer = mock.Mock()  # MLK301


def greet(name):
    mailer.send(f"Hello {name}")


def test_greet_alice():
    greet("Alice")
    mailer.send.assert_called_once_with("Hello Alice")


def test_greet_bob():
    greet("Bob")
    mailer.send.assert_called_once_with("Hello Bob")
"""

GOOD = """\
from unittest import mock

import pytest


def greet(name, mailer):
    mailer.send(f"Hello {name}")


@pytest.fixture
def mailer():
    return mock.Mock()


def test_greet_alice(mailer):
    greet("Alice", mailer)
    mailer.send.assert_called_once_with("Hello Alice")


def test_greet_bob(mailer):
    greet("Bob", mailer)
    mailer.send.assert_called_once_with("Hello Bob")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the mocks of module and class bodies that tests configure or assert on."""
    for shared in facts.shared_mocks:
        message = (
            f"the mock {shared.name!r} is made once for all tests, and line {shared.use_line} depends on its state"
        )
        yield finding(RULE.code, shared.node, f"{message}; make it in setUp or in a fixture, or call reset_mock there")


RULE = Rule(
    code="MLK301",
    name="mock-shared-by-tests",
    summary="a mock made once is configured or asserted on in tests, and never reset",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
