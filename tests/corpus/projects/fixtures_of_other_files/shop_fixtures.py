import pytest
import shop


@pytest.fixture
def keep_table():
    saved = dict(shop.TABLE)
    yield
    shop.TABLE.clear()
    shop.TABLE.update(saved)
