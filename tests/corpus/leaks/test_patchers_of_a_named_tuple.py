import collections
import unittest
from collections import namedtuple
from unittest import mock

Pair = collections.namedtuple("Pair", "rate price")
Patches = namedtuple("Patches", ["tax", "charge"])


class TestShop(unittest.TestCase):
    def setUp(self):
        self.pair = Pair(mock.patch("shop.rate"), price=mock.patch("shop.price"))
        self.pair.rate.start()  # MLK101
        self.pair.price.start()

    def tearDown(self):
        self.pair.price.stop()

    def test_all(self):
        patches = Patches(mock.patch("shop.tax"), mock.patch("shop.charge"))
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)
        self.assertTrue(patches.tax)

    def test_one(self):
        patches = Patches(mock.patch("shop.tax"), mock.patch("shop.charge"))
        tax, charge = patches.tax.start(), patches.charge.start()  # MLK101
        self.addCleanup(patches.charge.stop)
        self.assertIsNot(tax, charge)
