"""MLK108: a patch that starts per test and stops per class, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import cleanup_advice, finding, patches, release_line, subject

WHY = """\
Started before each test and stopped once per class, the patch is started again while it runs, and the original is
lost. Started once per class and stopped after each test, it covers the first test only.
"""

BAD = """\
import statistics
import unittest
from unittest import mock


class TestDashboard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mean_patch = mock.patch("statistics.mean", return_value=42)

    def setUp(self):
        self.mean_patch.start()  # MLK108

    @classmethod
    def tearDownClass(cls):
        cls.mean_patch.stop()

    def test_shows_the_mean(self):
        self.assertEqual(statistics.mean([1, 2]), 42)

    def test_shows_the_mean_of_nothing(self):
        self.assertEqual(statistics.mean([]), 42)
"""

GOOD = """\
import statistics
import unittest
from unittest import mock


class TestDashboard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        mean_patch = mock.patch("statistics.mean", return_value=42)
        mean_patch.start()
        cls.addClassCleanup(mean_patch.stop)

    def test_shows_the_mean(self):
        self.assertEqual(statistics.mean([1, 2]), 42)

    def test_shows_the_mean_of_nothing(self):
        self.assertEqual(statistics.mean([]), 42)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every patch whose release belongs to a longer or a shorter lifetime than its start."""
    for patch in patches(facts, Guarantee.WRONG_LIFETIME):
        started = f"{subject(patch)} is started once a {patch.lifetime.name.lower()}"
        message = f"{started}, but its stop in line {release_line(patch)} has another lifetime"
        yield finding(RULE.code, patch.node, f"{message}; {cleanup_advice(patch)}")


RULE = Rule(
    code="MLK108",
    name="lifetimes-differ",
    summary="a patch is started per test but stopped per class, or started per class but stopped per test",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
