from unittest.mock import Mock

import store
from store import ROWS


def test_read():
    store.store.read = Mock(return_value="row")  # MLK201
    assert store.store.read("key") == "row"


def test_rows():
    ROWS["key"] = Mock()
    assert ROWS["key"]() is not None
