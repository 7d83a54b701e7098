import sys
import unittest

import draw
from stubs import stub_for_the_test, stub_module


class TestSize(unittest.TestCase):
    def setUp(self):
        stub_module("fastplot", size=lambda: 3)  # MLK203

    def test_size(self):
        self.assertEqual(draw.size(), 3)


class TestForTheTest(unittest.TestCase):
    def test_size(self):
        stub_for_the_test(self, "fastplot")
        self.assertRaises(AttributeError, draw.size)


class TestTakenOut(unittest.TestCase):
    def setUp(self):
        self.addCleanup(sys.modules.pop, "fastplot", None)
        stub_module("fastplot", size=lambda: 4)

    def test_size(self):
        self.assertEqual(draw.size(), 4)
