try:
    import unittest2 as unittest
except ImportError:
    import unittest

import mock
from shop.search import find


class TestFind(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.search.query")
        self.query = self.patcher.start()  # MLK101

    def test_nothing_found(self):
        self.query.return_value = []
        self.assertEqual([], find("x"))
