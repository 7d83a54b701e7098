from unittest import mock

import pytest
from shop import stock


@pytest.fixture
def patcher():
    return mock.patch.object(stock, "count", return_value=3)


def test_count(patcher):
    patcher.start()  # MLK102
    assert stock.count("book") == 3
    patcher.stop()
