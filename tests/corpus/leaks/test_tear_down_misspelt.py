import unittest
from unittest import mock

from shop import clock


class ClockTests(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch.object(clock, "now", return_value=1700000000)
        self.patcher.start()  # MLK101

    def tear_down(self):
        self.patcher.stop()

    def test_today(self):
        self.assertEqual(clock.today(), "2023-11-14")
