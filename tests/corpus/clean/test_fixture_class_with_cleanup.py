from unittest import mock

import fixtures
import testtools
from shop.search import find


class FakeQuery(fixtures.Fixture):
    def _setUp(self):
        patcher = mock.patch("shop.search.query", return_value=[])
        self.query = patcher.start()
        self.addCleanup(patcher.stop)


class TestFind(testtools.TestCase):
    def test_nothing_found(self):
        query = self.useFixture(FakeQuery()).query
        self.assertEqual([], find("x"))
        query.assert_called_once_with("x")
