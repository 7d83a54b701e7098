import unittest
from unittest.mock import Mock

import shop


class TestLookups(unittest.TestCase):
    def setUp(self):
        self.original = shop.rate
        shop.rate = Mock(return_value=3)
        self.lookups = []

    def tearDown(self):
        if self.lookups:
            shop.rate = self.original  # MLK208

    def test_rate(self):
        self.assertEqual(shop.rate(), 3)


class TestSaved(unittest.TestCase):
    def setUp(self):
        self.saved = {}
        self.saved["rate"] = shop.rate
        shop.rate = Mock(return_value=3)

    def tearDown(self):
        if self.saved:
            shop.rate = self.saved["rate"]

    def test_rate(self):
        self.assertEqual(shop.rate(), 3)


class TestFilledByAHelper(unittest.TestCase):
    def setUp(self):
        self.kept = []
        self.original = shop.rate
        shop.rate = Mock(return_value=3)
        self.keep(self.kept)

    def keep(self, where):
        where.append(self.original)

    def tearDown(self):
        if self.kept:
            shop.rate = self.original

    def test_rate(self):
        self.assertEqual(shop.rate(), 3)
