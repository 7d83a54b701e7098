from unittest.mock import patch

import pytest
from shop.queue import drain


@pytest.fixture()
def no_items():
    patcher = patch("shop.queue.pop", return_value=None)
    patcher.start()
    yield
    patcher.stop  # MLK105


def test_is_empty(no_items):
    assert drain() == []
