import unittest

import shell
from tests.fakes import PatchSet


class ClearedTest(unittest.TestCase):
    def setUp(self):
        self.patches = PatchSet()
        self.editor = self.patches.add("shell.editor")  # MLK101
        self.addCleanup(self.patches.clear)

    def test_editor(self):
        self.assertIs(shell.editor(), self.editor.return_value)


class FinishedTest(unittest.TestCase):
    def setUp(self):
        self.patches = PatchSet()
        self.editor = self.patches.add("shell.editor")
        self.addCleanup(self.patches.finish)

    def test_editor(self):
        self.assertIs(shell.editor(), self.editor.return_value)
