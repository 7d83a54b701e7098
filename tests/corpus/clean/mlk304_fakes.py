"""Fakes that share nothing, or on purpose and with care."""

import dataclasses
import enum
from unittest import TestCase, mock

from somewhere import Model


class FakeTable:
    rows = {"ada": 1}

    def get(self, name):
        return self.rows[name]


class FakeMailer:
    sent = []

    def __init__(self):
        self.sent = []

    def send(self, recipient):
        self.sent.append(recipient)


class FakeClock:
    asked = []

    def now(self):
        self.asked.append("now")


class FakeStore:
    values = {}

    def put(self, key, value):
        self.values[key] = value

    @classmethod
    def reset(cls):
        cls.values.clear()


class FakeQueue:
    items = []

    def put(self, item):
        self.items.append(item)

    def get(self):
        return self.items.pop(0)


class FakePatched:
    calls = []

    def call(self):
        self.calls.append(1)


class FakeRecord(Model):
    tags = []

    def tag(self, name):
        self.tags.append(name)


@dataclasses.dataclass
class FakeUser:
    roles: list = dataclasses.field(default_factory=list)

    def grant(self, role):
        self.roles.append(role)


class FakeColour(enum.Enum):
    RED = 1


class FakeRegistered(metaclass=type("Meta", (type,), {})):
    names = []

    def add(self, name):
        self.names.append(name)


class FakeParent:
    def __init__(self):
        self.calls = []


class FakeOfParent(FakeParent):
    calls = []

    def call(self):
        self.calls.append(1)


class FakeOnInstance:
    found = []

    def search(self):
        found = []
        found.append(1)
        return found


class FakeUnused:
    calls = []

    def call(self):
        self.calls.append(1)


class Registry:
    entries = []

    def add(self, entry):
        self.entries.append(entry)


class Fakery:
    stories = []

    def tell(self, story):
        self.stories.append(story)


class TestShop(TestCase):
    def setUp(self):
        FakeClock.asked = []
        FakeStore.reset()

    @mock.patch.object(FakePatched, "calls", [])
    def test_all(self):
        for fake in (FakeTable, FakeMailer, FakeQueue, FakeRecord, FakeUser, FakeRegistered, FakeOfParent):
            self.assertTrue(fake)
        Registry().add(1)
        Fakery().tell("once")
        self.assertEqual([1], FakeOnInstance().search())

    def test_local(self):
        class FakeLocal:
            calls = []

            def call(self):
                self.calls.append(1)

        FakeLocal().call()
        self.assertEqual([1], FakeLocal.calls)
