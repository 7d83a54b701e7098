"""MLK408: a patch of a name that the module under test does not look up."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
`from a import f` gives the module under test a name of its own for `f`. A patch of `a.f` rebinds the name in `a` and
leaves that one alone, so the code under test goes on to call the real function.
"""

BAD = """\
import random
from unittest import mock


def new_pin():
    return f"{int(random.SystemRandom().random() * 10000):04}"


def test_pin_has_leading_zeros():
    with mock.patch("os.urandom", return_value=bytes(7)):  # MLK408
        assert {random.SystemRandom().random() for _ in range(10)} == {0.0}
        assert new_pin() == "0000"
"""

GOOD = """\
import random
from unittest import mock


def new_pin():
    return f"{int(random.SystemRandom().random() * 10000):04}"


def test_pin_has_leading_zeros():
    with mock.patch("random._urandom", return_value=bytes(7)):
        assert {random.SystemRandom().random() for _ in range(10)} == {0.0}
        assert new_pin() == "0000"
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every patch of a function that the module under test has imported by name."""
    for patch in facts.unreached_targets():
        own = f"{patch.module}.{patch.name}"
        message = f"patch of {patch.target!r} does not reach {patch.module!r}, which has its own name for it"
        yield finding(RULE.code, patch.node, f"{message}; patch {own!r}")


RULE = Rule(
    code="MLK408",
    name="patched-where-defined",
    summary="a function is patched where it is defined, but the module under test imported it by name",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
    default=False,
)
