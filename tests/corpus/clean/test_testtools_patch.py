from unittest import mock

import testtools
from shop import search


class TestFind(testtools.TestCase):
    def test_nothing_found(self):
        query = mock.Mock(return_value=[])
        self.patch(search, "query", query)
        self.assertEqual([], search.find("x"))
        query.assert_called_once_with("x")
