import collections
from collections import defaultdict
from unittest import TestCase


class FakeMailer:
    sent = []  # MLK304
    limits = {"day": 100}

    def send(self, recipient):
        self.sent.append(recipient)

    def limit(self):
        return self.limits["day"]


class StubStore(object):
    values = {}  # MLK304
    touched: set = set()  # MLK304
    by_user = defaultdict(list)  # MLK304
    queue = collections.deque()  # MLK304

    def put(self, key, value):
        self.values[key] = value
        self.touched.add(key)
        self.by_user[key].append(value)
        self.queue.append(key)


class ClockDummy:
    asked = []  # MLK304

    @classmethod
    def now(cls):
        cls.asked.append("now")
        return len(cls.asked)


class _FakeLog:
    lines = []  # MLK304

    @staticmethod
    def info(line):
        _FakeLog.lines.append(line)


class FakeBase:
    def close(self):
        self.closed = True


class FakeChild(FakeBase):
    calls = []  # MLK304

    def open(self):
        type(self).calls.append("open")


class TestShop(TestCase):
    def test_mail(self):
        mailer, store, child = FakeMailer(), StubStore(), FakeChild()
        mailer.send("ada@example.org")
        store.put("a", 1)
        child.open()
        _FakeLog.info("sent")
        self.assertEqual(1, ClockDummy.now())

    def test_nothing(self):
        self.assertEqual([], FakeMailer().sent)
