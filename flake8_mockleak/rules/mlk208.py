"""MLK208: a restoring line that puts back something else."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts, Slip
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, slips

WHY = """\
The line reads like a restore, so nobody looks twice, but it does not put the original back where it was. The test
leaves the program different from how it found it, sometimes with two places wrong instead of one.
"""

BAD = """\
import locale
import unittest
from unittest import mock


class TestPriceTag(unittest.TestCase):
    def setUp(self):
        self.currency = locale.currency
        self.localize = locale.localize
        locale.currency = mock.Mock(return_value="9,99 EUR")
        locale.localize = mock.Mock(return_value="9,99")

    def tearDown(self):
        locale.currency = self.currency
        locale.localize = self.currency  # MLK208

    def test_price_ends_in_the_currency(self):
        self.assertTrue(locale.currency(9.99).endswith("EUR"))
"""

GOOD = """\
import locale
import unittest
from unittest import mock


class TestPriceTag(unittest.TestCase):
    def setUp(self):
        self.replace("currency", mock.Mock(return_value="9,99 EUR"))
        self.replace("localize", mock.Mock(return_value="9,99"))

    def replace(self, name, substitute):
        patcher = mock.patch.object(locale, name, substitute)
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_price_ends_in_the_currency(self):
        self.assertTrue(locale.currency(9.99).endswith("EUR"))
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every restoring line that misses the place it means, or puts back another value."""
    for wrong in slips(facts, Slip.DIFFERS):
        assert wrong.place is not None
        if wrong.other == "a condition":
            message = f"{wrong.place.text!r} is restored only under a condition, but replaced without it"
        elif wrong.other == "a deletion":
            message = f"{wrong.place.text!r} is deleted, and what was defined there is lost"
        else:
            message = f"the original of {wrong.place.text!r} is not what this restores, but {wrong.other}"
        yield finding(RULE.code, wrong.node, f"{message}; use mock.patch.object, which cannot mix them up")


RULE = Rule(
    code="MLK208",
    name="restore-differs",
    summary="something is put back, but in another place, or not the original that was there",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
