import fixtures
import testtools
from shop import search


class TestFind(testtools.TestCase):
    def setUp(self):
        super().setUp()
        self.query = self.useFixture(fixtures.MockPatch("shop.search.query")).mock
        self.index = self.useFixture(fixtures.MockPatchObject(search, "index")).mock
        self.useFixture(fixtures.MonkeyPatch("shop.search.limit", lambda: 10))

    def test_nothing_found(self):
        self.query.return_value = []
        self.assertEqual([], search.find("x"))
