import time
import unittest

import shop


class TestWait(unittest.TestCase):
    def setUp(self):
        self.naps = []
        time.sleep = self._sleep  # MLK204

    def _sleep(self, seconds):
        self.naps.append(seconds)

    def test_wait(self):
        shop.wait()
        self.assertEqual(self.naps, [5])


class TestRestored(unittest.TestCase):
    def setUp(self):
        self.original = time.monotonic
        time.monotonic = self._now

    def tearDown(self):
        time.monotonic = self.original

    def _now(self):
        return 3.0

    def test_now(self):
        self.assertEqual(shop.age(), 3.0)
