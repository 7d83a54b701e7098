import pytest
from shop import prices


@pytest.fixture(scope="module")
def euro():
    patcher = pytest.MonkeyPatch()
    patcher.setattr(prices, "exchange_rate", lambda currency: 1.0)  # MLK101
    return prices


def test_price_in_euro(euro):
    assert euro.convert(10, "USD") == 10
