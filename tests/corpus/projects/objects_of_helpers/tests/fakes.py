from unittest import mock

import shell


class FakeShell:
    def __init__(self):
        self.commands = []

    def run(self, command):
        self.commands.append(command)

    def install(self):
        self.original = shell.run
        shell.run = self.run
        return self

    def uninstall(self):
        shell.run = self.original

    def close(self):
        self.uninstall()


class Patches:
    """The patchers of a test case."""

    def __init__(self):
        self.patchers = []

    def add(self, target, **options):
        patcher = mock.patch(target, **options)
        self.patchers.append(patcher)
        return patcher.start()

    def stop(self):
        while self.patchers:
            self.patchers.pop().stop()


class Recorder:
    """Replaces nothing."""

    def start(self):
        self.commands = []

    def stop(self):
        self.commands = None


class Server:
    """Starts something else than patches."""

    def __init__(self, dispatcher):
        self.dispatcher = dispatcher

    def start(self):
        self.dispatcher.start()

    def stop(self):
        self.dispatcher.stop()


class NotedShell:
    def __init__(self):
        self.commands = []
        self._original = shell.run

    def install(self):
        shell.run = self.commands.append
        return self

    def uninstall(self):
        shell.run = self._original


class Directory:
    def __init__(self, path):
        self.path = path

    def make(self):
        self._editor = mock.patch("shell.editor")
        editor = self._editor.start()
        editor.return_value.path = self.path

    def close(self):
        self.path = None


class KeptDirectory:
    def make(self):
        self.editor = mock.patch("shell.editor", return_value="ed")
        self.editor.start()


class PatchSet:
    def __init__(self):
        self._patchers = []

    def add(self, target):
        patcher = mock.patch(target)
        self._patchers.append(patcher)
        return patcher.start()

    def stop(self):
        while self._patchers:
            self._patchers.pop().stop()

    def clear(self):
        self._patchers = []

    def finish(self):
        self.stop()
        self.clear()
