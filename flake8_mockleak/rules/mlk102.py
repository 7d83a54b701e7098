"""MLK102: a patch whose stop is skipped when the test fails."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import cleanup_advice, ended, finding, patches, release_line, subject

WHY = """\
A failed assertion leaves the test at once, so a `stop` below it never runs. One honest failure then leaves the mock in
place, and tests that have nothing to do with it fail as well: the report shows a crowd where there is one bug.
"""

BAD = """\
import random
import unittest
from unittest import mock


def roll_two_dice():
    return random.randint(1, 6)  # the bug: it is one die


class TestDice(unittest.TestCase):
    def test_two_sixes(self):
        randint_patch = mock.patch("random.randint", return_value=6)
        randint_patch.start()  # MLK102
        self.assertEqual(roll_two_dice(), 12)
        randint_patch.stop()
"""

GOOD = """\
import random
import unittest
from unittest import mock


def roll_two_dice():
    return random.randint(1, 6)  # the bug: it is one die


class TestDice(unittest.TestCase):
    def test_two_sixes(self):
        with mock.patch("random.randint", return_value=6):
            self.assertEqual(roll_two_dice(), 12)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every started patch that is released, but only if nothing raises before the release."""
    for patch in patches(facts, Guarantee.HAPPY_PATH):
        message = f"{subject(patch)} is {ended(patch)} in line {release_line(patch)} only if nothing before it raises"
        yield finding(RULE.code, patch.node, f"{message}; {cleanup_advice(patch)}")


RULE = Rule(
    code="MLK102",
    name="stop-skipped-on-failure",
    summary="a started patch is stopped by a plain statement that a failing assertion skips",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
