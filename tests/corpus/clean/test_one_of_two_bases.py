try:
    from shop.testing import PatchingTestCase as Base
except ImportError:
    from unittest import TestCase as Base

import mock
from shop.search import find


class TestFind(Base):
    def setUp(self):
        super(TestFind, self).setUp()
        self.patcher = mock.patch("shop.search.query")
        self.query = self.patcher.start()

    def test_nothing_found(self):
        self.query.return_value = []
        self.assertEqual([], find("x"))
