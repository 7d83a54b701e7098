"""MLK402: a patch decorator on a generator."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, named_patch

WHY = """\
Calling a generator function only makes the generator, and the decorator's patch is undone as soon as that is made. The
body runs later, without the patch.
"""

BAD = """\
import time
from unittest import mock

import pytest


@pytest.fixture
@mock.patch("time.sleep")  # MLK402
def no_sleep(sleep):
    yield time.sleep


def test_wait(no_sleep):
    assert isinstance(no_sleep, mock.Mock)
"""

GOOD = """\
import time
from unittest import mock

import pytest


@pytest.fixture
def no_sleep():
    with mock.patch("time.sleep"):
        yield time.sleep


def test_wait(no_sleep):
    assert isinstance(no_sleep, mock.Mock)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every patch that is applied to a generator function."""
    for function in facts.decorations.functions:
        if function.ends_early:
            for patch in function.patches:
                message = f"{named_patch(patch)} ends before the body of the generator {function.node.name!r} runs"
                yield finding(RULE.code, patch.node, f"{message}; use it in a with statement around the yield")


RULE = Rule(
    code="MLK402",
    name="patch-on-generator",
    summary="a decorator on a generator is undone before the generator's body runs",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
