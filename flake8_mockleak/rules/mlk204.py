"""MLK204: a function or class of the test's own that replaces a shared one and stays."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.model.places import Kind
from flake8_mockleak.model.write import has_mock
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, replacements, restore_advice, subject

WHY = """\
A lambda or a small function in place of the real one is a mock by another name, and it stays as long. Later tests get
its canned answer instead of the behaviour that they mean to test.
"""

BAD = """\
import colorsys


def brightness(red, green, blue):
    return colorsys.rgb_to_hls(red, green, blue)[1]


def test_brightness_is_the_second_value():
    colorsys.rgb_to_hls = lambda red, green, blue: (0.1, 0.7, 0.3)  # MLK204
    assert brightness(1, 0, 0) == 0.7
"""

GOOD = """\
import colorsys


def brightness(red, green, blue):
    return colorsys.rgb_to_hls(red, green, blue)[1]


def test_brightness_is_the_second_value(monkeypatch):
    monkeypatch.setattr(colorsys, "rgb_to_hls", lambda red, green, blue: (0.1, 0.7, 0.3))
    assert brightness(1, 0, 0) == 0.7
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every function or class of the test's own that is assigned to something shared and stays there."""
    for replaced in replacements(facts, Guarantee.NEVER):
        if replaced.places[0].kind is Kind.ATTRIBUTE and not has_mock(replaced.replacement):
            message = f"{subject(replaced)} is replaced by the test's own code and never restored"
            yield finding(RULE.code, replaced.node, f"{message}; {restore_advice(replaced)}")


RULE = Rule(
    code="MLK204",
    name="shared-function-replaced",
    summary="a lambda, local function or class is assigned onto something shared, and nothing restores it",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
