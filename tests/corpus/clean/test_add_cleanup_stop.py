import unittest
from unittest import mock

from shop import orders


class TestOrders(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch.object(orders, "charge", return_value=True)
        self.charge = patcher.start()
        self.addCleanup(patcher.stop)

    def test_charges(self):
        orders.place_order("book")
        self.charge.assert_called_once_with(12)
