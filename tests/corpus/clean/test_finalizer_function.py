from unittest import mock

import pytest
from shop import search


@pytest.fixture(scope="session")
def query(request):
    original = search.query
    search.query = mock.Mock(return_value=[])

    def restore():
        search.query = original

    request.addfinalizer(restore)
    return search.query


def test_nothing_found(query):
    assert search.find("x") == []
