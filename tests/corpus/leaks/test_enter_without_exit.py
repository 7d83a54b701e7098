import unittest
from unittest import mock

from shop import cache


class CacheTest(unittest.TestCase):
    def setUp(self):
        self.redis = mock.patch("shop.cache.redis").__enter__()  # MLK101
        self.redis.get.return_value = b"1"

    def test_hit(self):
        self.assertEqual(cache.lookup("book"), 1)
