"""A local name of a class whose own name begins as a literal does."""

import unittest
from unittest import mock

from shop import NoneStore


class TestStore(unittest.TestCase):
    def test_read(self):
        store = NoneStore
        store.read = mock.Mock()  # MLK201
        self.assertTrue(store.read())
