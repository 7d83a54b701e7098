import unittest
from unittest import mock


def start_patch(test_case, target, **kwargs):
    patcher = mock.patch(target, **kwargs)
    started = patcher.start()
    test_case.addCleanup(patcher.stop)
    return started


class TestOrders(unittest.TestCase):
    def test_charges(self):
        from shop.orders import place_order

        charge = start_patch(self, "shop.orders.charge", return_value=True)
        place_order("book")
        charge.assert_called_once_with(12)
