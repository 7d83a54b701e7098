"""A helper keeps one of two patchers by its name, and more of them than can be followed."""

import unittest
from unittest import mock

import shop


class TestShop(unittest.TestCase):
    def setUp(self):
        self.patches = {}

    def tearDown(self):
        for name, patcher in self.patches.items():
            patcher.stop()
            setattr(self, name, None)

    def patch_object(self, target, attribute, new=None, **options):
        if new is not None:
            patcher = mock.patch.object(target, attribute, new=new, **options)
        else:
            patcher = mock.patch.object(target, attribute, **options)
        self.patches[attribute] = patcher
        setattr(self, attribute, patcher.start())

    def patch_all(self):
        self.patch_object(shop, "buy")
        self.patch_object(shop, "sell")
        self.patch_object(shop, "lend")
        self.patch_object(shop, "rent")
        self.patch_object(shop, "pack")

    def patch_rest(self):
        self.patch_object(shop, "ship")
        self.patch_object(shop, "sign")
        self.patch_object(shop, "weigh")
        self.patch_object(shop, "label")
        self.patch_object(shop, "store")

    def test_morning(self):
        self.patch_all()
        self.patch_rest()
        self.assertTrue(shop.open())

    def test_noon(self):
        self.patch_all()
        self.patch_rest()
        self.assertTrue(shop.is_open())

    def test_evening(self):
        self.patch_all()
        self.patch_object(shop, "count", new=len)
        self.assertTrue(shop.close())
