"""The class of an object that the base class makes is that of every object of the kind."""

from unittest import mock

from bases import ShopTestCase


class TestTill(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.cash = mock.PropertyMock(return_value=3)

    def test_of_a_field(self):
        type(self.till).cash = self.cash  # MLK201
        self.assertEqual(self.till.cash, 3)

    def test_of_what_a_field_has(self):
        type(self.shop.till).cash = self.cash  # MLK201
        self.assertEqual(self.shop.till.cash, 3)

    def test_by_the_class_of_it(self):
        self.shop.till.__class__.cash = self.cash  # MLK201
        self.assertEqual(self.shop.till.cash, 3)

    def test_of_a_mock(self):
        self.shop.bank = mock.Mock()
        type(self.shop.bank).cash = self.cash
        self.assertEqual(self.shop.bank.cash, 3)

    def test_on_the_object(self):
        self.shop.till.cash = self.cash
        self.assertTrue(self.shop.till.cash)

    def test_unknown(self):
        type(self.other).cash = self.cash
