import unittest
from unittest import mock

import shop


class TestRebuild(unittest.TestCase):
    NAMES = ("create", "destroy", "migrate")

    def setUp(self):
        self.original_create = shop.create
        self.original_destroy = shop.destroy
        for name in self.NAMES:
            setattr(shop, name, mock.Mock())  # MLK201

    def tearDown(self):
        shop.create = self.original_create
        shop.destroy = self.original_destroy

    def test_rebuild(self):
        self.assertEqual(shop.rebuild("a"), "a")


class TestRegister(unittest.TestCase):
    def setUp(self):
        self.patchers = {}
        self.patchers["hash"] = mock.patch("shop.hash_password")
        self.patchers["hash"].start()  # MLK101
        self.patchers["hash"] = mock.patch("shop.save")
        self.patchers["hash"].start()

    def tearDown(self):
        for patcher in self.patchers.values():
            patcher.stop()

    def test_hashed(self):
        self.assertTrue(shop.register("al"))
