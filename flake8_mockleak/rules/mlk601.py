"""MLK601: a hand-written key-value store that nothing compares with a real one."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding

WHY = """\
A fake store is right by accident until something compares it with what real stores promise. The code under test then
relies on what only the fake does: here it changes a value in place, which no store on a network takes over.
"""

BAD = """\
class FakeStore:  # MLK601
    def __init__(self):
        self.values = {}

    def get(self, key):
        return self.values.get(key)

    def set(self, key, value):
        self.values[key] = value

    def delete(self, key):
        self.values.pop(key, None)


def add_to_basket(store, user, article):
    store.get(user).append(article)


def test_article_is_in_the_basket():
    store = FakeStore()
    store.set("ada", [])
    add_to_basket(store, "ada", "book")
    assert store.get("ada") == ["book"]
"""

GOOD = """\
import pickle

from dogpile.cache.api import NO_VALUE
from flake8_mockleak.kvs import conformance


class FakeStore:
    def __init__(self):
        self.values = {}

    def get(self, key):
        return pickle.loads(self.values[key]) if key in self.values else NO_VALUE

    def get_multi(self, keys):
        return [self.get(key) for key in keys]

    def set(self, key, value):
        self.values[key] = pickle.dumps(value)

    def set_multi(self, mapping):
        for key, value in mapping.items():
            self.set(key, value)

    def delete(self, key):
        self.values.pop(key, None)

    def delete_multi(self, keys):
        for key in keys:
            self.delete(key)


TestFakeStore = conformance(FakeStore, claims={"isolation"})


def add_to_basket(store, user, article):
    store.set(user, [*store.get(user), article])


def test_article_is_in_the_basket():
    store = FakeStore()
    store.set("ada", [])
    add_to_basket(store, "ada", "book")
    assert store.get("ada") == ["book"]
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every store that is written by hand for the tests and that no conformance class runs."""
    for fake in facts.unverified_fakes():
        message = f"{fake.class_name} stands in for a key-value store, and no conformance class checks that it may"
        advice = f"Test{fake.class_name.lstrip('_')} = conformance({fake.class_name}) with flake8_mockleak.kvs"
        yield finding(RULE.code, fake.node, f"{message}; add {advice}")


RULE = Rule(
    code="MLK601",
    name="kvs-fake-unverified",
    summary="a hand-written key-value store in the tests is not run against the conformance suite",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
    default=False,
)
