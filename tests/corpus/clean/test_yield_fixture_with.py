from unittest.mock import patch

import pytest
from shop.search import find


@pytest.fixture(scope="module", autouse=True)
def no_rows():
    with patch("shop.search.query", return_value=[]) as query:
        yield query


def test_nothing_found():
    assert find("x") == []
