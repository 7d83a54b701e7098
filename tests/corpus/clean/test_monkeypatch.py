import sys
from unittest import mock

from shop import orders


def test_order(monkeypatch):
    charge = mock.Mock(return_value=True)
    monkeypatch.setattr(orders, "charge", charge)
    monkeypatch.setattr("shop.orders.mail", lambda *args: None)
    monkeypatch.setitem(sys.modules, "cups", mock.MagicMock())
    monkeypatch.setenv("SHOP_DEBUG", "1")
    assert orders.place_order("book")
    charge.assert_called_once_with(12)
