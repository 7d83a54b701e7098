"""A metaclass does not keep a base from stopping what helpers beside it start."""

from unittest import mock

import fixtures
from bases import StopsAll


class Checked(type):
    pass


class OrdersCase(StopsAll, metaclass=Checked):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.charge").start()


class ChargeFixture(fixtures.Fixture):
    def _setUp(self):
        self.patcher = mock.patch("shop.charge")
        self.patcher.start()
