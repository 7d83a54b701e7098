from unittest.mock import Mock

import pytest
from shop import search


@pytest.fixture
def query():
    original = search.query
    search.query = Mock(return_value=[])
    yield search.query
    search.query = original


def test_nothing_found(query):
    assert search.find("x") == []
