from unittest.mock import patch

from shop.search import find

query_patch = patch("shop.search.query", return_value=[])


def setup_module(module):
    query_patch.start()  # MLK101


def test_nothing_found():
    assert find("x") == []
