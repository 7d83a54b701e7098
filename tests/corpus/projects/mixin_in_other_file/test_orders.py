import unittest
from unittest import mock

from helpers import PatchMixin


class TestOrders(PatchMixin, unittest.TestCase):
    def setUp(self):
        self.charge = self.start_patch("shop.orders.charge")
        self.mail = self.begin(mock.patch("shop.orders.mail"))

    def test_charges(self):
        self.charge("book")
        self.charge.assert_called_once_with("book")
