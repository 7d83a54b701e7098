import time
import unittest
from unittest import mock

from shop import rules


class FakeRule:
    def __init__(self, name):
        self.name = name


class TestRules(unittest.TestCase):
    naps = []

    @classmethod
    def setUpClass(cls):
        rules.RULES += [FakeRule("a"), FakeRule("b")]  # MLK205

    def setUp(self):
        time.sleep = self.naps.append  # MLK204

    def test_rules(self):
        self.assertIn("a", rules.names())


def setup_module(module):
    vars(rules).update(price=mock.Mock(return_value=3))  # MLK201


def test_price():
    assert rules.total() == 3
