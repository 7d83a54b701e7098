from unittest import mock

from shop import cache


class TestCache:
    def setup_method(self):
        self.patcher = mock.patch.object(cache, "connect")
        self.connect = self.patcher.__enter__()  # MLK101

    def test_connects_once(self):
        cache.lookup("a")
        cache.lookup("b")
        self.connect.assert_called_once_with()
