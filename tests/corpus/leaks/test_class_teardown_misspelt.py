import time
import unittest
from unittest import mock


class TestClock(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.time_patch = mock.patch("time.time", return_value=1000.0)
        cls.time_patch.start()  # MLK101

    @classmethod
    def teardownClass(cls):
        cls.time_patch.stop()

    def test_clock(self):
        self.assertEqual(time.time(), 1000.0)
