from unittest import mock

from shop import orders


@mock.patch("shop.orders.gateway")
def test_declined(gateway):
    gateway.charge = mock.Mock(return_value=False)
    orders.gateway.refund = mock.Mock()
    assert orders.place_order("book") is None
    assert not orders.gateway.refund.called
