"""MLK101: a started patch that nothing stops."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Acquisition, Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import (
    begun,
    cleanup_advice,
    ended,
    finding,
    patches,
    release_line,
    skipped_by,
    subject,
)

WHY = """\
The patcher replaces the original when it is started, and only its `stop` puts it back. Without one, every later test
of the process runs against the mock, and fails far from this line and only in some orders.
"""

BAD = """\
import os
import unittest
from unittest import mock


class TestWorkingDirectory(unittest.TestCase):
    def setUp(self):
        self.getcwd_patch = mock.patch("os.getcwd", return_value="/srv")
        self.getcwd_patch.start()  # MLK101

    def test_it_is_the_patched_one(self):
        self.assertEqual(os.getcwd(), "/srv")
"""

GOOD = """\
import os
import unittest
from unittest import mock


class TestWorkingDirectory(unittest.TestCase):
    def setUp(self):
        getcwd_patch = mock.patch("os.getcwd", return_value="/srv")
        getcwd_patch.start()
        self.addCleanup(getcwd_patch.stop)

    def test_it_is_the_patched_one(self):
        self.assertEqual(os.getcwd(), "/srv")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every started patch whose best guarantee is that nothing releases it."""
    for patch in patches(facts, Guarantee.NEVER):
        message = f"{subject(patch)} is {begun(patch)} but {_lack(patch)}"
        yield finding(RULE.code, patch.node, f"{message}; {cleanup_advice(patch)}")


def _lack(patch: Acquisition) -> str:
    """Return what is wrong with its release: there is none, or it is not reached."""
    if patch.skipped is not None:
        return f"not stopped {skipped_by(patch.skipped)}"
    if patch.release is not None and patch.release.is_part:
        return f"{ended(patch)} in line {release_line(patch)} only for a part of the list"
    if patch.is_conditional:
        return f"{ended(patch)} in line {release_line(patch)} only under a condition"
    return f"never {ended(patch)}"


RULE = Rule(
    code="MLK101",
    name="patch-never-stopped",
    summary="a patch is started, or entered by hand, and nothing ever stops it",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
