"""The tests patch one place, but each of them only once, so that the order of the stops does not matter."""

import os
import unittest
from unittest import mock


class TestRemove(unittest.TestCase):
    def setUp(self):
        self.patchers = []

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()

    def patch(self, factory, *args, **kwargs):
        patcher = factory(*args, **kwargs)
        replacement = patcher.start()
        self.patchers.append(patcher)
        return replacement

    def test_removed(self):
        self.patch(mock.patch.object, os, "unlink", lambda path: None)
        self.assertIsNone(os.unlink("a"))

    def test_mock_is_called(self):
        unlink = self.patch(mock.patch.object, os, "unlink")
        os.unlink("a")
        unlink.assert_called_once_with("a")
