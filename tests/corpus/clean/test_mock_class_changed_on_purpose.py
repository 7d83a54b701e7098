"""Names the class itself: no parentheses are missing, the change of every mock is meant."""

import unittest
from unittest import mock


def forbid_misspelt_assertions():
    original = mock.Mock.__getattr__

    def checked(self, name):
        if name.startswith("asert"):
            raise AttributeError(name)
        return original(self, name)

    mock.Mock.__getattr__ = checked


forbid_misspelt_assertions()


class TestOrders(unittest.TestCase):
    def test_misspelt(self):
        with self.assertRaises(AttributeError):
            mock.Mock().asert_called()
