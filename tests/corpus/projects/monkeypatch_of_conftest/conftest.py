import pytest

import shop


@pytest.fixture
def charged():
    patch = pytest.MonkeyPatch()
    patch.setattr(shop, "charge", lambda amount: amount)  # MLK101
    return patch


@pytest.fixture
def counted():
    patch = pytest.MonkeyPatch()
    patch.setattr(shop, "count", lambda: 0)
    yield patch
    patch.undo()


@pytest.fixture
def patch():
    return pytest.MonkeyPatch()


def weighed():
    patch = pytest.MonkeyPatch()
    patch.setattr(shop, "weigh", lambda: 0)
    return patch
