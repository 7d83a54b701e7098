from unittest import mock

import pytest
from shop.search import find


@pytest.fixture
def query(request):
    patcher = mock.patch("shop.search.query", return_value=[])
    query = patcher.start()
    request.addfinalizer(patcher.stop)
    return query


def test_nothing_found(query):
    assert find("x") == []
