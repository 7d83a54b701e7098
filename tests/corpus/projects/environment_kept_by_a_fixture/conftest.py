import pytest
from shop.testing import isolated_environ


@pytest.fixture
def environ():
    with isolated_environ():
        yield
