"""MLK206: a configuration value that a test changes and does not reset."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.model.places import Kind
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import configuration_advice, finding, replacements, subject

WHY = """\
The environment and the settings belong to the whole process, so a value that one test sets is the default of all later
ones. They then pass or fail by the order in which they run.
"""

BAD = """\
import os


def pager():
    return os.environ.get("PAGER", "less")


def test_pager_comes_from_the_environment():
    os.environ["PAGER"] = "most"  # MLK206
    assert pager() == "most"
"""

GOOD = """\
import os


def pager():
    return os.environ.get("PAGER", "less")


def test_pager_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("PAGER", "most")
    assert pager() == "most"
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every configuration value that a test changes and that nothing resets."""
    for replaced in replacements(facts, Guarantee.NEVER, Guarantee.HAPPY_PATH):
        if replaced.places[0].kind is Kind.CONFIGURATION:
            message = f"{subject(replaced)} is changed and not certain to be reset"
            yield finding(RULE.code, replaced.node, f"{message}; {configuration_advice(replaced)}")


RULE = Rule(
    code="MLK206",
    name="config-overridden",
    summary="a configuration value or environment variable is changed in a test and not reset",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
    default=False,
)
