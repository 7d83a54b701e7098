import shop
from conftest import weighed


def test_charges(charged):
    assert shop.charge(3) == 3


def test_counts(counted, patch):
    patch.setattr(shop, "price", lambda: 2)
    try:
        assert shop.count() == 0
    finally:
        patch.undo()


def test_weighs():
    patch = weighed()
    try:
        assert shop.weigh() == 0
    finally:
        patch.undo()
