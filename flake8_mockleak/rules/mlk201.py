"""MLK201: a mock that is assigned to something shared and stays there."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.model.places import Kind
from flake8_mockleak.model.write import has_mock
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, replacements, restore_advice, skipped_by, subject

WHY = """\
A module or a class exists once per process, so an assignment to it outlives the test. Every later test that uses the
same name gets the mock, and a failure there tells nothing about this line.
"""

BAD = """\
import smtplib
from unittest import mock


def send_invoice(recipient):
    with smtplib.SMTP("localhost") as server:
        server.sendmail("billing@example.org", recipient, "Your invoice")


def test_invoice_is_sent():
    smtplib.SMTP = mock.MagicMock()  # MLK201
    send_invoice("ada@example.org")
    assert smtplib.SMTP.called
"""

GOOD = """\
import smtplib
from unittest import mock


def send_invoice(recipient):
    with smtplib.SMTP("localhost") as server:
        server.sendmail("billing@example.org", recipient, "Your invoice")


def test_invoice_is_sent():
    with mock.patch("smtplib.SMTP") as smtp:
        send_invoice("ada@example.org")
    assert smtp.called
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every mock that is assigned to something shared and that nothing takes away again."""
    for replaced in replacements(facts, Guarantee.NEVER):
        if replaced.places[0].kind is Kind.ATTRIBUTE and has_mock(replaced.replacement):
            lack = "never restored" if replaced.skipped is None else f"not restored {skipped_by(replaced.skipped)}"
            message = f"{subject(replaced)} is replaced by a mock and {lack}"
            yield finding(RULE.code, replaced.node, f"{message}; {restore_advice(replaced)}")


RULE = Rule(
    code="MLK201",
    name="shared-attribute-replaced",
    summary="a mock is assigned onto an imported module, class or object, and nothing restores it",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
