from unittest import mock

from tests import unittest


class TestFind(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.search.query")
        self.query = self.patcher.start()  # MLK101

    def test_nothing_found(self):
        self.assertEqual(self.query.return_value, self.query())


class TestCleanedUp(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.search.query")
        self.query = self.patcher.start()
        self.addCleanup(self.patcher.stop)

    def test_nothing_found(self):
        self.assertEqual(self.query.return_value, self.query())
