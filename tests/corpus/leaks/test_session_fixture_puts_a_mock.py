from unittest import mock

import pytest
import shop


@pytest.fixture(scope="session", autouse=True)
def stock():
    service = mock.Mock(return_value=5)
    shop.count = service  # MLK201
    yield service
    assert service.called


@pytest.fixture(scope="session")
def rates():
    original = shop.rates
    shop.rates = mock.Mock(return_value={})
    yield
    shop.rates = original


@pytest.fixture(scope="session")
def limit():
    shop.LIMIT = 3


def test_count(rates, limit):
    assert shop.count("chair") == 5
