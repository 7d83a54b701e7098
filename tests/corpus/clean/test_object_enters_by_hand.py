from unittest import mock

from shop import orders


class ReplaceCharge:
    def __init__(self, result):
        self.result = result

    def __enter__(self):
        self.original = orders.charge
        orders.charge = mock.Mock(return_value=self.result)
        return orders.charge

    def __exit__(self, exc_type, exc, tb):
        orders.charge = self.original
        return False


def test_declined():
    with ReplaceCharge(False) as charge:
        assert orders.place_order("book") is None
        charge.assert_called_once_with(12)
