"""MLK103: a patch that only `tearDown` stops."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import cleanup_advice, finding, patches, release_line, subject

WHY = """\
unittest does not call `tearDown` when `setUp` raises, so everything after the `start` can leave the patch in place for
the rest of the run. A cleanup that is registered right after the `start` runs in any case; one that is registered
later is skipped as well.
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
    """Report every patch that a set-up method starts, and that stays if what the method does next raises."""
    for patch in patches(facts, Guarantee.TEARDOWN):
        stays = f"{subject(patch)} stays if the set-up raises"
        if patch.release is not None and patch.release.moment.is_cleanup:
            message = f"{stays} before line {release_line(patch)} registers its stop; register it right here"
        else:
            message = f"{stays} after this line, for then no teardown runs; {cleanup_advice(patch)}"
        yield finding(RULE.code, patch.node, message)


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
