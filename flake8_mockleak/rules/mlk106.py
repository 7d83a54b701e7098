"""MLK106: a patch that is started while it is already running."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, name_of, patch_of

WHY = """\
A second `start` saves what it finds as the original, and what it finds is the mock of the first. Every `stop` from then
on puts that mock back, so the real original is lost for the rest of the run.
"""

BAD = """\
import calendar
import unittest
from unittest import mock


class TestBillingPeriod(unittest.TestCase):
    def setUp(self):
        self.month_patch = mock.patch("calendar.monthrange", return_value=(0, 28))
        self.month_patch.start()
        self.addCleanup(self.month_patch.stop)

    def test_february_is_short(self):
        self.month_patch.start()  # MLK106
        self.assertEqual(calendar.monthrange(2023, 2)[1], 28)
"""

GOOD = """\
import calendar
import unittest
from unittest import mock


class TestBillingPeriod(unittest.TestCase):
    def setUp(self):
        month_patch = mock.patch("calendar.monthrange", return_value=(0, 28))
        month_patch.start()
        self.addCleanup(month_patch.stop)

    def test_february_is_short(self):
        self.assertEqual(calendar.monthrange(2023, 2)[1], 28)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the second start of a patcher that has not been stopped since the first."""
    for second in facts.second_starts:
        message = f"{patch_of(second.patcher)} is started while it is in force, so that no stop can undo it"
        yield finding(RULE.code, second.node, f"{message}; start {name_of(second.patcher)!r} once")


RULE = Rule(
    code="MLK106",
    name="patch-started-twice",
    summary="a patch is started a second time while it is running, and no stop can undo that",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
