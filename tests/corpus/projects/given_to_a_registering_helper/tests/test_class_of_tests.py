import shop
from shop import TILLS
from tests.utils import QuietTill


def test_replaced():
    shop.Till = QuietTill  # MLK204
    assert shop.Till().pay()


def test_put_in():
    TILLS["quiet"] = QuietTill  # MLK205
    assert TILLS["quiet"]().pay()


def test_restored(monkeypatch):
    monkeypatch.setattr(shop, "Till", QuietTill)
    assert shop.Till().pay()
