import unittest

import shell
from tests.fakes import Directory


class DirectoryTest(unittest.TestCase):
    def setUp(self):
        self.directory = Directory("notes")
        self.directory.make()  # MLK101
        self.addCleanup(self.directory.close)

    def test_edit(self):
        self.assertEqual(shell.editor().path, "notes")
