from unittest import mock

from cases import ClosingCase, OpenCase, TearingDownCase
from elsewhere import UnknownCase


class TestOpen(OpenCase):
    def setUp(self):
        super().setUp()
        self.charge = self.enter(mock.patch("shop.charge"))  # MLK101

    def test_charges(self):
        self.charge.assert_not_called()


class TestClosing(ClosingCase):
    def setUp(self):
        super().setUp()
        self.charge = self.enter(mock.patch("shop.charge"))

    def test_charges(self):
        self.charge.assert_not_called()


class TestTearingDown(TearingDownCase):
    def test_charges(self):
        charge = self.enter(mock.patch("shop.charge"))
        charge.assert_not_called()


class TestUnknown(UnknownCase):
    def test_charges(self):
        charge = self.enter(mock.patch("shop.charge"))
        charge.assert_not_called()
