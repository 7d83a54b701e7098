import unittest
from unittest import mock

import clock
import decorators
from decorators import at, at_night, at_noon


@at(9)  # MLK101
class TestMorning(unittest.TestCase):
    def test_hour(self):
        self.assertEqual(clock.hour(), 9)
        self.hour.assert_called_once_with()


@decorators.at_night  # MLK101
class TestNight(unittest.TestCase):
    def test_hour(self):
        self.assertEqual(clock.hour(), 2)


@at_noon
class TestNoon(unittest.TestCase):
    def test_hour(self):
        self.assertEqual(clock.hour(), 12)


@at_night
class TestStopped(unittest.TestCase):
    def setUp(self):
        self.addCleanup(mock.patch.stopall)

    def test_hour(self):
        self.assertEqual(clock.hour(), 2)


@at(4)
class TestStoppedByTeardown(unittest.TestCase):
    def tearDown(self):
        mock.patch.stopall()

    def test_hour(self):
        self.assertEqual(clock.hour(), 4)
