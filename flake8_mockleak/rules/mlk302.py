"""MLK302: one mock for all tests of a decorated class."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, named_patch

WHY = """\
The decorator's arguments are evaluated once, so all tests of the class get the same mock: its calls add up, and what
one test configures is there in the next.
"""

BAD = """\
import time
import unittest
from unittest import mock


@mock.patch("time.sleep", new=mock.Mock())  # MLK302
class TestWait(unittest.TestCase):
    def test_a_long_time(self):
        time.sleep(100)
        time.sleep.assert_called_once_with(100)

    def test_a_short_time(self):
        time.sleep(1)
        time.sleep.assert_called_once_with(1)
"""

GOOD = """\
import time
import unittest
from unittest import mock


@mock.patch("time.sleep", new_callable=mock.Mock)
class TestWait(unittest.TestCase):
    def test_a_long_time(self, sleep):
        time.sleep(100)
        sleep.assert_called_once_with(100)

    def test_a_short_time(self, sleep):
        time.sleep(1)
        sleep.assert_called_once_with(1)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the decorators of classes that make a mock themselves, where the tests depend on its state."""
    for decorated in facts.decorations.classes:
        for patch in decorated.shared:
            if len(decorated.tests) > 1:
                made = f": {ast.unparse(patch.new)}" if patch.new is not None else ""
                message = f"all {len(decorated.tests)} tests of {decorated.node.name!r} share one mock{made}"
                advice = f"let the {named_patch(patch)} make one for each, with new_callable"
                if patch.call == "patch.multiple":
                    advice = "give DEFAULT in its place, which makes one for each"
                yield finding(RULE.code, patch.node, f"{message}; {advice}")


RULE = Rule(
    code="MLK302",
    name="decorator-shares-mock",
    summary="a decorator on a class makes one mock for all its tests",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
