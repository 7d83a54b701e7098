from unittest.mock import patch

from shop.search import find


class TestFind:
    @classmethod
    def setup_class(cls):
        cls.patcher = patch("shop.search.query", return_value=[])
        cls.patcher.start()

    @classmethod
    def teardown_class(cls):
        cls.patcher.stop()

    def test_nothing_found(self):
        assert find("x") == []
