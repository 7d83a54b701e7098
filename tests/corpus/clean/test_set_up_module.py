import unittest
from unittest import mock

from shop.greeting import greet

clock_patch = mock.patch("shop.clock.now", return_value=0)


def setUpModule():
    clock_patch.start()


def tearDownModule():
    clock_patch.stop()


class TestGreeting(unittest.TestCase):
    def test_at_midnight(self):
        self.assertEqual(greet("ada"), "Good night, ada")
