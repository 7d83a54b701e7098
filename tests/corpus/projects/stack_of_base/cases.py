import contextlib
import unittest


class OpenCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.stack = contextlib.ExitStack()

    def enter(self, manager):
        return self.stack.enter_context(manager)


class ClosingCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)

    def enter(self, manager):
        return self.stack.enter_context(manager)


class TearingDownCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.stack = contextlib.ExitStack()

    def tearDown(self):
        self.stack.close()
        super().tearDown()

    def enter(self, manager):
        return self.stack.enter_context(manager)
