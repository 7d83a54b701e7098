"""MLK109: a stop that is called on the mock, not on the patcher."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Slip
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, patch_of, slips

WHY = """\
`start` returns the mock, and a mock answers to every name: its `stop` is one more mock, and calling it does nothing.
The patcher itself was not kept, so nobody can stop it any more.
"""

BAD = """\
import unittest
import webbrowser
from unittest import mock


def show_help():
    webbrowser.open("https://example.org/help")


class TestHelp(unittest.TestCase):
    def setUp(self):
        self.open = mock.patch("webbrowser.open").start()
        self.addCleanup(self.open.stop)  # MLK109

    def test_help_opens_the_browser(self):
        show_help()
        self.open.assert_called_once_with("https://example.org/help")
"""

GOOD = """\
import unittest
import webbrowser
from unittest import mock


def show_help():
    webbrowser.open("https://example.org/help")


class TestHelp(unittest.TestCase):
    def setUp(self):
        open_patch = mock.patch("webbrowser.open")
        self.open = open_patch.start()
        self.addCleanup(open_patch.stop)

    def test_help_opens_the_browser(self):
        show_help()
        self.open.assert_called_once_with("https://example.org/help")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every stop of a mock that a patch's start has returned."""
    for wrong in slips(facts, Slip.ON_THE_MOCK):
        message = f"this is the mock's own {wrong.text!r}, which stops nothing; keep the patcher"
        yield finding(RULE.code, wrong.node, f"{message} of the {patch_of(wrong.patcher)} and stop that")


RULE = Rule(
    code="MLK109",
    name="stop-on-the-mock",
    summary="the stop is taken from the mock that start returned, so it stops nothing",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
