"""What pytest's own tests do: replacements in a class, an object and a dict that the test makes."""

from pytest import MonkeyPatch


def test_attributes():
    class Item:
        price = 1

    monkeypatch = MonkeyPatch()
    monkeypatch.setattr(Item, "price", 2)
    monkeypatch.delattr(Item, "price")
    assert not hasattr(Item, "price")
    monkeypatch.undo()
    assert Item.price == 1


def test_items():
    prices = {"tea": 1}
    monkeypatch = MonkeyPatch()
    monkeypatch.setitem(prices, "tea", 2)
    assert prices["tea"] == 2
