import pytest

import shop


@pytest.fixture(scope="module")
def module_patch():
    patch = pytest.MonkeyPatch()
    yield patch
    patch.undo()


def test_rate(module_patch):
    module_patch.setattr(shop, "rate", lambda: 2)
    assert shop.rate() == 2
