"""A fixture of other code that is told a module and a name puts back that name alone."""

import unittest
from unittest import mock

import shop
from testlib import PatchObject, forget


class TestShop(unittest.TestCase):
    def test_rates(self):
        self.useFixture(PatchObject(shop, "log"))
        shop.rates = mock.Mock(return_value=[1])  # MLK201
        self.assertEqual(shop.total(), 1)

    def test_price(self):
        with PatchObject(shop, "log", return_value=None):
            shop.price = mock.Mock(return_value=2)  # MLK201
        self.assertEqual(shop.total(), 2)

    def test_the_name_itself(self):
        self.useFixture(PatchObject(shop, "price"))
        shop.price = mock.Mock(return_value=2)
        self.assertEqual(shop.total(), 2)

    def test_the_module(self):
        with forget(shop):
            shop.price = mock.Mock(return_value=2)
        self.assertEqual(shop.total(), 2)
