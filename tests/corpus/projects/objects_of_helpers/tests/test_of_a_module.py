import unittest

import shell
from tests import fakes


class ForgottenTest(unittest.TestCase):
    def setUp(self):
        self.shell = fakes.FakeShell()
        self.shell.install()  # MLK101
        self.recorder = fakes.Recorder()
        self.recorder.start()

    def test_edit(self):
        shell.edit("notes.txt")
        self.assertEqual(self.shell.commands, [["vi", "notes.txt"]])


class UninstalledTest(unittest.TestCase):
    def setUp(self):
        self.shell = fakes.FakeShell()
        self.shell.install()

    def tearDown(self):
        self.shell.uninstall()

    def test_edit(self):
        shell.edit("notes.txt")
