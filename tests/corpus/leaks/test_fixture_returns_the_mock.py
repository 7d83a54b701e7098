from unittest.mock import patch

import pytest
from shop.search import find


@pytest.fixture
def query():
    return patch("shop.search.query", return_value=[]).start()  # MLK101


def test_nothing_found(query):
    assert find("x") == []
    query.assert_called_once_with("x")
