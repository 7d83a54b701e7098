"""MLK205: a mock in an imported container that stays there."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.model.places import Kind
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, replacements, restore_advice, subject

WHY = """\
A registry that a module keeps exists once per process. What a test puts in is found by every later test that looks
something up or goes through all entries.
"""

BAD = """\
from unittest import mock
from xml.dom import domreg


def test_own_implementation_is_found():
    factory = mock.Mock(return_value="the fast one")
    domreg.registered["fast"] = factory  # MLK205
    assert domreg.getDOMImplementation("fast") == "the fast one"
"""

GOOD = """\
from unittest import mock
from xml.dom import domreg


def test_own_implementation_is_found():
    factory = mock.Mock(return_value="the fast one")
    with mock.patch.dict(domreg.registered, {"fast": factory}):
        assert domreg.getDOMImplementation("fast") == "the fast one"
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every mock or own class that is put in an imported container and that nothing takes out again."""
    for replaced in replacements(facts, Guarantee.NEVER):
        if replaced.places[0].kind is Kind.ITEM:
            if replaced.places[0].key.endswith("[?]"):  # a list or set, of which the subject is the name
                message = f"what is put in {subject(replaced)} here is never taken out"
            else:
                message = f"{subject(replaced)} is put in a shared container and never taken out"
            yield finding(RULE.code, replaced.node, f"{message}; {restore_advice(replaced)}")


RULE = Rule(
    code="MLK205",
    name="registry-polluted",
    summary="a mock, or a class of the test's own, is put in an imported container and stays there",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
