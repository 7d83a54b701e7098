"""MLK407: a patch of something that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
`patch` replaces what is there already. If the target was renamed, moved or misspelt, it raises AttributeError before
the test has checked anything. Where that happens in a test that is skipped or expected to fail, nobody notices.
"""

BAD = """\
import shutil
from unittest import mock


def free_megabytes(path):
    return shutil.disk_usage(path).free // 2**20


def test_free_megabytes():
    with mock.patch("shutil.diskusage") as usage:  # MLK407
        usage.return_value.free = 5 * 2**20
        assert free_megabytes("/") == 5
"""

GOOD = """\
import shutil
from unittest import mock


def free_megabytes(path):
    return shutil.disk_usage(path).free // 2**20


def test_free_megabytes():
    with mock.patch("shutil.disk_usage") as usage:
        usage.return_value.free = 5 * 2**20
        assert free_megabytes("/") == 5
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every patch whose target is not there and is not to be created."""
    for missing in facts.missing_targets:
        owner = f"class {missing.owner!r}" if missing.is_class else f"module {missing.owner!r}"
        message = f"patch of {missing.target!r} raises AttributeError: {owner} has no {missing.name!r}"
        advice = f"did you mean {missing.nearest!r}?" if missing.nearest else "name what is there, or give create=True"
        yield finding(RULE.code, missing.node, f"{message}; {advice}")


RULE = Rule(
    code="MLK407",
    name="patch-target-missing",
    summary="the target of a patch does not exist, and create=True is not given",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
