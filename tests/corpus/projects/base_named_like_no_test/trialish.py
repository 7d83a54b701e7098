import unittest


class TestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self._saved = []

    def replace(self, owner, name, value):
        self._saved.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def restore(self):
        for owner, name, value in reversed(self._saved):
            setattr(owner, name, value)

    def replace_for_the_test(self, owner, name, value):
        self.addCleanup(setattr, owner, name, getattr(owner, name))
        setattr(owner, name, value)
