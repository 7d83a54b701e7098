"""MLK110: two patches of one place that are stopped first in, first out."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Slip
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, slips

WHY = """\
The second patch of a place saves the first one's mock as its original. When the first is stopped before the second,
the second puts that mock back, and it stays there for good.
"""

BAD = """\
import os
import unittest
from unittest import mock


class TestAudit(unittest.TestCase):
    def setUp(self):
        self.as_ada = mock.patch("os.getlogin", return_value="ada")
        self.as_root = mock.patch("os.getlogin", return_value="root")
        self.as_ada.start()
        self.as_root.start()

    def tearDown(self):
        self.as_ada.stop()
        self.as_root.stop()  # MLK110

    def test_names_root(self):
        self.assertEqual(os.getlogin(), "root")
"""

GOOD = """\
import os
import unittest
from unittest import mock


class TestAudit(unittest.TestCase):
    def setUp(self):
        as_ada = mock.patch("os.getlogin", return_value="ada")
        as_ada.start()
        self.addCleanup(as_ada.stop)
        as_root = mock.patch("os.getlogin", return_value="root")
        as_root.start()
        self.addCleanup(as_root.stop)

    def test_names_root(self):
        self.assertEqual(os.getlogin(), "root")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the stop that puts the mock of an earlier patch of the same place back, or the start of that patch."""
    for wrong in slips(facts, Slip.WRONG_ORDER):
        message = f"{wrong.text!r} is patched twice, and this second stop puts the first mock back"
        if wrong.other:
            message = f"{wrong.text!r} is patched already, and the stop of this patch comes last and puts that back"
        yield finding(RULE.code, wrong.node, f"{message}; stop the patches in the reverse order of their starts")


RULE = Rule(
    code="MLK110",
    name="patches-undone-in-wrong-order",
    summary="one place is patched twice and the first patch is stopped first, so its mock comes back",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
