import unittest
import unittest.mock

from mock import patch
from shop import search


class TestSearch(unittest.TestCase):
    def setUp(self):
        self.query = patch("shop.search.query").start()  # MLK101

    def tearDown(self):
        unittest.mock.patch.stopall()

    def test_nothing_found(self):
        self.query.return_value = []
        self.assertEqual(search.find("x"), [])
