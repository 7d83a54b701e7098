import unittest

import shop
from mixins import FrozenMixin, ThawedMixin


class TestFrozen(FrozenMixin, unittest.TestCase):
    def test_id(self):
        self.assertEqual(shop.new_id(), "id-0")


class TestThawed(ThawedMixin, unittest.TestCase):
    def test_id(self):
        self.assertEqual(shop.new_id(), "id-0")
