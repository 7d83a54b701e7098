import pytest
import shop


@pytest.fixture(autouse=True)
def forget_rates():
    yield
    shop.RATES = None


@pytest.fixture
def keep_order(monkeypatch):
    monkeypatch.setattr(shop, "order", shop.order)
