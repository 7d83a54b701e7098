import pytest

from helpers import Kept


@pytest.fixture(autouse=True)
def rate_kept():
    with Kept():
        yield
