import unittest

import shell
from tests.fakes import KeptDirectory


class DirectoryTest(unittest.TestCase):
    def setUp(self):
        self.directory = KeptDirectory()
        self.directory.make()
        self.addCleanup(self.directory.editor.stop)

    def test_edit(self):
        self.assertEqual(shell.editor(), "ed")
