import unittest

from shop import plugins, timing
from shop.models import Model


class CountingPlugin:
    pass


def assert_same_items(self, one, other):
    self.assertEqual(sorted(one), sorted(other))


plugins.REGISTERED["counting"] = CountingPlugin

if not hasattr(unittest.TestCase, "assert_same_items"):
    unittest.TestCase.assert_same_items = assert_same_items

try:
    from shop.fast import now
except ImportError:
    timing.now = lambda: 0

Model.limit = 5


def forbid_sleep():
    def sleep(seconds):
        raise AssertionError("tests do not sleep")

    timing.sleep = sleep


forbid_sleep()


class TestPlugins(unittest.TestCase):
    def test_counting(self):
        self.assert_same_items(["counting"], plugins.names())
