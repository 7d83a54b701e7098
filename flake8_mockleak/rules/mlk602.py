"""MLK602: a fake of a key-value client that does not take the client's arguments."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
A fake that takes its arguments in another order, or another number of them, lets code pass that the real client
refuses. The mistake then shows in production only.
"""

BAD = """\
class FakeRedis:
    def __init__(self):
        self.values = {}

    def setex(self, name, value, time):  # MLK602
        assert isinstance(time, int)
        self.values[name] = value

    def get(self, name):
        return self.values.get(name)


def remember(client, session, user):
    client.setex(f"session:{session}", user, 3600)


def test_session_is_remembered():
    client = FakeRedis()
    remember(client, "s1", b"ada")
    assert client.get("session:s1") == b"ada"
"""

GOOD = """\
class FakeRedis:
    def __init__(self):
        self.values = {}

    def setex(self, name, time, value):
        assert isinstance(time, int)
        self.values[name] = value

    def get(self, name):
        return self.values.get(name)


def remember(client, session, user):
    client.setex(f"session:{session}", 3600, user)


def test_session_is_remembered():
    client = FakeRedis()
    remember(client, "s1", b"ada")
    assert client.get("session:s1") == b"ada"
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every method of a fake client whose parameters do not fit the calls of the client."""
    for fake in facts.fake_signatures():
        message = f"{fake.class_name}.{fake.method} does not take what {fake.client}'s takes: {fake.why}"
        yield finding(RULE.code, fake.node, f"{message}; write {fake.method}(self, {fake.parameters})")


RULE = Rule(
    code="MLK602",
    name="kvs-fake-signature",
    summary="a method of a fake key-value client does not take what the client's method takes",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
    default=False,
)
