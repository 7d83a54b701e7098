from unittest import mock

from shop import orders


def test_declined():
    with mock.patch.object(orders, "charge"):
        orders.charge = mock.Mock(return_value=False)
        assert orders.place_order("book") is None
