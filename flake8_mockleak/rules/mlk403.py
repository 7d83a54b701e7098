"""MLK403: a patch that is made and never started."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, name_of, patch_of

WHY = """\
Making a patch replaces nothing. One that is neither started, entered, used as a decorator nor handed on leaves the
program as it is, and the test runs with the original.
"""

BAD = """\
import time
from unittest import mock


def test_wait():
    sleep = mock.patch("time.sleep")  # MLK403
    time.sleep(0.01)
    assert isinstance(time.sleep, mock.Mock)
"""

GOOD = """\
import time
from unittest import mock


def test_wait():
    with mock.patch("time.sleep"):
        time.sleep(0.01)
        assert isinstance(time.sleep, mock.Mock)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report the patchers that nothing uses."""
    for patcher in facts.unstarted:
        kept = f"; {name_of(patcher)!r} is not used as a patch" if patcher.holders else ""
        message = f"{patch_of(patcher)} is made but never started{kept}"
        yield finding(RULE.code, patcher.node, f"{message}; use it in a with statement, or start and stop it")


RULE = Rule(
    code="MLK403",
    name="patch-never-started",
    summary="a patch is made and never started, so nothing is replaced",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
