"""`patch` of CPython's `test.support` takes the test case, and registers the cleanup itself."""

import time
import unittest
from test.support import patch

import shop


class TestClock(unittest.TestCase):
    def test_no_daylight_saving(self):
        patch(self, time, "daylight", False)
        self.assertEqual(shop.now().tm_isdst, 0)
