from unittest.mock import Mock

from shop import orders


def test_declined(monkeypatch):
    monkeypatch.setattr(orders, "charge", Mock())
    orders.charge = Mock(return_value=False)
    assert orders.place_order("book") is None
