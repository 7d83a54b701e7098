"""MLK104: a cleanup that is called where it should be registered."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Slip
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, slips

WHY = """\
`addCleanup(patcher.stop())` calls `stop` on the spot and registers its result, which is no function. The test runs
against the original, and the cleanup ends in a TypeError or is never run at all.
"""

BAD = """\
import getpass
import unittest
from unittest import mock


class TestLoginPrompt(unittest.TestCase):
    def setUp(self):
        password_patch = mock.patch("getpass.getpass", return_value="s3cret")
        self.getpass = password_patch.start()
        self.addCleanup(password_patch.stop())  # MLK104

    def test_asks_for_the_password(self):
        self.assertIs(getpass.getpass, self.getpass)
"""

GOOD = """\
import getpass
import unittest
from unittest import mock


class TestLoginPrompt(unittest.TestCase):
    def setUp(self):
        password_patch = mock.patch("getpass.getpass", return_value="s3cret")
        self.getpass = password_patch.start()
        self.addCleanup(password_patch.stop)

    def test_asks_for_the_password(self):
        self.assertIs(getpass.getpass, self.getpass)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every registration of a cleanup whose argument is the call of a stop, not the stop itself."""
    for wrong in slips(facts, Slip.CALLED_EARLY):
        message = f"{wrong.text!r} is called here and its result registered; pass {wrong.text} without parentheses"
        yield finding(RULE.code, wrong.node, message)


RULE = Rule(
    code="MLK104",
    name="cleanup-called-too-early",
    summary="the stop is called while the cleanup is registered, so the patch ends at once",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
