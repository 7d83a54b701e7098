from unittest import mock

import shop.search


class TestFind:
    def setup_method(self):
        self.query = mock.patch("shop.search.query", return_value=[]).start()

    def test_nothing_found(self):
        assert shop.search.find("x") == []
