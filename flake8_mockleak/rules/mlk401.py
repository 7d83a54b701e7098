"""MLK401: a decorator on a set-up, whose mock is kept for the tests."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, named_patch

WHY = """\
A decorator's patch is undone when the function returns. On setUp or on a fixture that is before the test begins: the
test holds the mock, but the program runs with the original.
"""

BAD = """\
import time
import unittest
from unittest import mock


class TestWait(unittest.TestCase):
    @mock.patch("time.sleep")  # MLK401
    def setUp(self, sleep):
        self.sleep = sleep

    def test_wait(self):
        time.sleep(0.01)
        self.sleep.assert_called_once_with(0.01)
"""

GOOD = """\
import time
import unittest
from unittest import mock


class TestWait(unittest.TestCase):
    def setUp(self):
        sleep_patch = mock.patch("time.sleep")
        self.sleep = sleep_patch.start()
        self.addCleanup(sleep_patch.stop)

    def test_wait(self):
        time.sleep(0.01)
        self.sleep.assert_called_once_with(0.01)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the patches of set-ups that do nothing but keep the mock."""
    for each in facts.kept_in_setup:
        message = (
            f"{named_patch(each.patch)} ends when {each.function.name} returns, before the test that uses {each.kept}"
        )
        yield finding(RULE.code, each.patch.node, f"{message}; start it there and stop it behind the test")


RULE = Rule(
    code="MLK401",
    name="patch-ends-with-setup",
    summary="a decorator on a set-up is undone before the tests that use its mock",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
