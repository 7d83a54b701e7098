import unittest
from unittest import mock

from shop import search


class TestSearch(unittest.TestCase):
    def setUp(self):
        self.addCleanup(mock.patch.stopall)
        self.index = mock.patch("shop.search.index").start()
        self.query = mock.patch("shop.search.query").__enter__()  # MLK101

    def test_nothing_found(self):
        self.query.return_value = []
        self.assertEqual(search.find("x"), [])
