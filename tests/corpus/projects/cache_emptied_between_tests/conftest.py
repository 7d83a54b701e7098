import pytest

import store


@pytest.fixture(autouse=True)
def nothing_stored():
    yield
    store.store.clear()
    store.ROWS.clear()
