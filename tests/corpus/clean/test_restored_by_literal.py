import unittest
from unittest import mock

from shop import cache


class TestCache(unittest.TestCase):
    def setUp(self):
        cache.CLIENT = mock.Mock()

    def tearDown(self):
        cache.CLIENT = None

    def test_lookup(self):
        cache.CLIENT.get.return_value = b"1"
        self.assertEqual(cache.lookup("book"), 1)
