import sys
import types
import unittest
from types import ModuleType


class TestReader(unittest.TestCase):
    def setUp(self):
        module = types.ModuleType("card_reader")
        module.read = lambda: "1234"
        sys.modules["card_reader"] = module  # MLK203

    def test_read(self):
        import card_reader

        self.assertEqual(card_reader.read(), "1234")

    def test_removed(self):
        sys.modules["printer"] = ModuleType("printer")
        self.addCleanup(sys.modules.pop, "printer")
