import pytest


@pytest.fixture
def started():
    kept = []
    yield kept
    kept.clear()
