import pytest
from shop import prices


@pytest.fixture(scope="module")
def euro():
    patcher = pytest.MonkeyPatch()
    patcher.setattr(prices, "exchange_rate", lambda currency: 1.0)
    yield prices
    patcher.undo()


@pytest.fixture(scope="session")
def dollar():
    with pytest.MonkeyPatch.context() as patcher:
        patcher.setattr(prices, "symbol", lambda: "$")
        yield


def test_price(euro):
    assert euro.convert(10, "USD") == 10
