from unittest import mock

import pytest
from shop.search import find


@pytest.fixture
def query():
    patcher = mock.patch("shop.search.query", return_value=[])
    yield patcher.start()
    patcher.stop()


def test_nothing_found(query):
    assert find("x") == []
    query.assert_called_once_with("x")
