"""MLK304: a hand-written fake whose instances share one container."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
A list, dict or set in a class body exists once, however many instances are made. What one test puts in it is still
there in the next one, so tests pass or fail by the order they run in.
"""

BAD = """\
class FakeMailer:
    sent = []  # MLK304

    def send(self, recipient, text):
        self.sent.append((recipient, text))


def remind(mailer, recipients):
    for recipient in recipients:
        mailer.send(recipient, "Your invoice is due")


def test_one_reminder():
    mailer = FakeMailer()
    remind(mailer, ["ada@example.org"])
    assert len(mailer.sent) == 1


def test_nobody_to_remind():
    mailer = FakeMailer()
    remind(mailer, [])
    assert mailer.sent == []
"""

GOOD = """\
class FakeMailer:
    def __init__(self):
        self.sent = []

    def send(self, recipient, text):
        self.sent.append((recipient, text))


def remind(mailer, recipients):
    for recipient in recipients:
        mailer.send(recipient, "Your invoice is due")


def test_one_reminder():
    mailer = FakeMailer()
    remind(mailer, ["ada@example.org"])
    assert len(mailer.sent) == 1


def test_nobody_to_remind():
    mailer = FakeMailer()
    remind(mailer, [])
    assert mailer.sent == []
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every container in the class body of a fake that its methods fill and that nothing empties."""
    for state in facts.shared_state():
        message = f"all instances of {state.class_name} share this {state.kind}, which line {state.line} fills"
        yield finding(RULE.code, state.node, f"{message}; make it in __init__: self.{state.name} = …")


RULE = Rule(
    code="MLK304",
    name="fake-shares-state",
    summary="a fake keeps a list, dict or set in its class body and fills it through self or the class",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
