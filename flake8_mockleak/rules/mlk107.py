"""MLK107: a patch that is started when the module is imported."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import cleanup_advice, finding, patches, subject

WHY = """\
pytest and unittest import all test modules before they run the first test. A patch that starts on import is in place
for every test of every module, also when this module's own tests are not selected.
"""

BAD = """\
import socket
from unittest import mock

hostname_patch = mock.patch("socket.gethostname", return_value="build-17")
hostname_patch.start()  # MLK107


def greeting():
    return f"Hello from {socket.gethostname()}"


def test_greeting_names_the_host():
    assert greeting() == "Hello from build-17"
"""

GOOD = """\
import socket
from unittest import mock

import pytest


@pytest.fixture(autouse=True)
def hostname():
    with mock.patch("socket.gethostname", return_value="build-17"):
        yield


def greeting():
    return f"Hello from {socket.gethostname()}"


def test_greeting_names_the_host():
    assert greeting() == "Hello from build-17"
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every patch that is started or entered in a module or class body."""
    for patch in patches(facts, Guarantee.NEVER, Guarantee.WRONG_LIFETIME, Guarantee.TEARDOWN, at_import=True):
        message = f"{subject(patch)} is started on import and stays for every module that is imported later"
        yield finding(RULE.code, patch.node, f"{message}; {cleanup_advice(patch)}")


RULE = Rule(
    code="MLK107",
    name="patch-started-at-import",
    summary="a patch is started in the body of a module or a class, as soon as the file is imported",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
