import unittest
from unittest import mock

import shop


class TestRebuild(unittest.TestCase):
    NAMES = ("create", "destroy", "migrate")

    def setUp(self):
        self.originals = {name: getattr(shop, name) for name in self.NAMES}
        for name in self.NAMES:
            setattr(shop, name, mock.Mock())

    def tearDown(self):
        for name, original in self.originals.items():
            setattr(shop, name, original)

    def test_rebuild(self):
        self.assertEqual(shop.rebuild("a"), "a")


class TestOneByOne(unittest.TestCase):
    def setUp(self):
        for name in ("create", "destroy"):
            self.addCleanup(setattr, shop, name, getattr(shop, name))
            setattr(shop, name, mock.Mock())

    def test_create(self):
        self.assertTrue(shop.create())


class TestRegister(unittest.TestCase):
    def setUp(self):
        self.patchers = {}
        for name in ("save", "send"):
            self.patchers[name] = mock.patch.object(shop, name)
            self.patchers[name].start()
        self.patchers["hash"] = mock.patch("shop.hash_password")
        if shop.CLOSED:
            self.patchers["hash"] = mock.patch("shop.no_password")
        self.patchers["hash"].start()

    def tearDown(self):
        for patcher in self.patchers.values():
            patcher.stop()

    def test_hashed(self):
        self.assertTrue(shop.register("al"))
