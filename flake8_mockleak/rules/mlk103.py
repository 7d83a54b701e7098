"""MLK103: a patch that only `tearDown` stops."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import cleanup_advice, finding, patches, subject

WHY = """\
unittest does not call `tearDown` when `setUp` raises, so everything after the `start` can leave the patch in place for
the rest of the run. A cleanup that is registered right after the `start` runs in any case.
"""

BAD = """\
import pathlib
import shutil
import unittest
from unittest import mock


class TestDiskReport(unittest.TestCase):
    def setUp(self):
        self.usage_patch = mock.patch("shutil.disk_usage", return_value=(100, 90, 10))
        self.usage_patch.start()  # MLK103
        self.template = pathlib.Path("no-such-template.txt").read_text()

    def tearDown(self):
        self.usage_patch.stop()

    def test_report_names_the_free_space(self):
        free = shutil.disk_usage("/")[2]
        self.assertIn("10", self.template.format(free=free))
"""

GOOD = """\
import pathlib
import shutil
import unittest
from unittest import mock


class TestDiskReport(unittest.TestCase):
    def setUp(self):
        usage_patch = mock.patch("shutil.disk_usage", return_value=(100, 90, 10))
        usage_patch.start()
        self.addCleanup(usage_patch.stop)
        self.template = pathlib.Path("no-such-template.txt").read_text()

    def test_report_names_the_free_space(self):
        free = shutil.disk_usage("/")[2]
        self.assertIn("10", self.template.format(free=free))
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every patch started in a set-up method whose only release stands in the matching tear-down method."""
    for patch in patches(facts, Guarantee.TEARDOWN):
        message = f"{subject(patch)} stays if the set-up raises after this line, for then no teardown runs"
        yield finding(RULE.code, patch.node, f"{message}; {cleanup_advice(patch)}")


RULE = Rule(
    code="MLK103",
    name="stop-in-teardown",
    summary="a patch started in setUp is stopped only in tearDown, which is skipped when setUp raises",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
    default=False,
)
