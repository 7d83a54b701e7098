import unittest

import shell
from tests.fakes import FakeShell, NotedShell, Patches, Recorder, Server


class EditTest(unittest.TestCase):
    def setUp(self):
        self.shell = FakeShell()
        self.shell.install()  # MLK101
        self.addCleanup(self.shell.install)

    def test_edit(self):
        shell.edit("notes.txt")
        self.assertEqual(self.shell.commands, [["vi", "notes.txt"]])


class PatchedTest(unittest.TestCase):
    def setUp(self):
        self.patches = Patches()
        self.run_command = self.patches.add("shell.run")  # MLK101
        self.edit = self.patches.add("shell.edit", return_value=0)  # MLK101

    def tearDown(self):
        self.patches = Patches()

    def test_edit(self):
        self.edit.return_value = 1
        self.assertEqual(shell.edit("notes.txt"), 1)
        self.run_command.assert_not_called()


class StoppedTest(unittest.TestCase):
    def setUp(self):
        self.patches = Patches()
        self.addCleanup(self.patches.stop)
        self.run_command = self.patches.add("shell.run")
        self.patches.add("shell.edit")

    def test_edit(self):
        self.assertIsNotNone(shell.edit("notes.txt"))


class UninstalledTest(unittest.TestCase):
    def setUp(self):
        self.shell = FakeShell().install()
        self.addCleanup(self.shell.uninstall)

    def test_edit(self):
        shell.edit("notes.txt")


class ClosedTest(unittest.TestCase):
    def setUp(self):
        self.shell = FakeShell()
        self.shell.install()
        self.addCleanup(self.shell.close)

    def test_edit(self):
        shell.edit("notes.txt")


class HandedOnTest(unittest.TestCase):
    def setUp(self):
        self.shell = FakeShell()
        self.shell.install()
        end_with(self, self.shell)

    def test_edit(self):
        shell.edit("notes.txt")


def end_with(case, fake):
    case.addCleanup(fake.uninstall)


class RecordedTest(unittest.TestCase):
    def test_edit(self):
        recorder = Recorder()
        recorder.start()
        self.assertEqual(recorder.commands, [])


class ServedTest(unittest.TestCase):
    def test_edit(self):
        server = Server(shell)
        server.start()
        self.assertIs(server.dispatcher, shell)


def test_in_a_finally():
    fake = FakeShell()
    fake.install()
    try:
        shell.edit("notes.txt")
    finally:
        fake.uninstall()


def test_last_line():
    fake = FakeShell()
    fake.install()  # MLK102
    shell.edit("notes.txt")
    assert fake.commands
    fake.uninstall()


def test_noted():
    noted = NotedShell().install()  # MLK102
    shell.edit("notes.txt")
    assert noted.commands
    noted.uninstall()
