import unittest
from unittest import mock

from shop import search


class TestSearch(unittest.TestCase):
    def setUp(self):
        search.query = mock.Mock(return_value=[])  # MLK201
        self.index = mock.patch("shop.search.index").start()

    def tearDown(self):
        mock.patch.stopall()

    def test_nothing_found(self):
        self.assertEqual(search.find("x"), [])
