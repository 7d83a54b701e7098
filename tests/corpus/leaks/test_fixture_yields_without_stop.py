from unittest import mock

import pytest
from shop.search import find


@pytest.fixture(autouse=True)
def query():
    patcher = mock.patch("shop.search.query")
    query = patcher.start()  # MLK101
    query.return_value = []
    yield query


def test_nothing_found(query):
    assert find("x") == []
