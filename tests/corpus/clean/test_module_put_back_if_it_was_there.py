"""The cleanup of an entry of `sys.modules` is registered if there is an entry."""

import sys
import unittest
from unittest import mock

import shop


class TestRemote(unittest.TestCase):
    def test_requests(self):
        if "requests" in sys.modules:
            self.addCleanup(sys.modules.__setitem__, "requests", sys.modules["requests"])
        sys.modules["requests"] = mock.Mock()
        self.assertTrue(shop.fetch())
