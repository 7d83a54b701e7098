import collections
import unittest
from unittest import mock

import bank
import shop

Kept = collections.namedtuple("Kept", "module name original")


class TestOrder(unittest.TestCase):
    def setUp(self):
        self.originals = {}
        for module, name in ((shop, "run"), (bank, "charge")):
            self.originals[module, name] = getattr(module, name)
            setattr(module, name, mock.Mock())

    def tearDown(self):
        for (module, name), original in self.originals.items():
            setattr(module, name, original)

    def test_order(self):
        self.assertTrue(shop.order("tea"))


class TestRefund(unittest.TestCase):
    def setUp(self):
        self.replaced = []
        self.addCleanup(self.put_back)
        self.replace(shop, "refund")
        self.replace(bank, "transfer")

    def replace(self, module, name):
        self.replaced.append((module, name, getattr(module, name)))
        setattr(module, name, mock.Mock())

    def put_back(self):
        while self.replaced:
            setattr(*self.replaced.pop())

    def test_refund(self):
        self.assertTrue(shop.order("tea").refund())


def test_both():
    kept = {(each, "run"): each.run for each in (shop, bank)}
    shop.run = bank.run = mock.Mock()
    try:
        assert shop.order("tea")
    finally:
        for key, original in kept.items():
            setattr(*key, original)


class TestRecord(unittest.TestCase):
    def setUp(self):
        self.kept = []
        for module, name in ((shop, "post"), (bank, "post")):
            self.kept.append(Kept(module, name, getattr(module, name)))
            setattr(module, name, mock.Mock())

    def tearDown(self):
        for each in reversed(self.kept):
            setattr(*each[:2], each.original)

    def test_post(self):
        self.assertTrue(shop.order("tea").post())
