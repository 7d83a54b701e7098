import mock
from shop.search import find


class TestFind(object):
    def setup_method(self, method):
        self.patcher = mock.patch("shop.search.query")
        self.query = self.patcher.start()  # MLK101

    def test_nothing_found(self):
        self.query.return_value = []
        assert find("x") == []
