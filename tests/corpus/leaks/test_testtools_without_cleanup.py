import mock
import testtools
from shop.search import find


class TestFind(testtools.TestCase):
    def setUp(self):
        super(TestFind, self).setUp()
        self.query = mock.patch("shop.search.query").start()  # MLK101

    def test_nothing_found(self):
        self.query.return_value = []
        self.assertEqual([], find("x"))
