"""MLK105: a stop without its parentheses."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Slip
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, slips

WHY = """\
Without parentheses the statement looks the method up and throws it away; Python does not complain. The patch stays in
place, although the test seems to clean up after itself.
"""

BAD = """\
import time
import unittest
from unittest import mock


class TestTimestamp(unittest.TestCase):
    def setUp(self):
        self.ctime_patch = mock.patch("time.ctime", return_value="Mon Jan  1 00:00:00 2024")
        self.ctime_patch.start()

    def tearDown(self):
        self.ctime_patch.stop  # MLK105

    def test_ends_in_the_year(self):
        self.assertTrue(time.ctime().endswith("2024"))
"""

GOOD = """\
import time
import unittest
from unittest import mock


class TestTimestamp(unittest.TestCase):
    def setUp(self):
        ctime_patch = mock.patch("time.ctime", return_value="Mon Jan  1 00:00:00 2024")
        ctime_patch.start()
        self.addCleanup(ctime_patch.stop)

    def test_ends_in_the_year(self):
        self.assertTrue(time.ctime().endswith("2024"))
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every statement that names a stop and does nothing with it."""
    for wrong in slips(facts, Slip.NOT_CALLED):
        yield finding(RULE.code, wrong.node, f"{wrong.text!r} is not called and does nothing; write {wrong.text}()")


RULE = Rule(
    code="MLK105",
    name="stop-not-called",
    summary="the stop is named but not called, because its parentheses are missing",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
