"""A patch of the name of a class puts a mock in the module; what this file has imported stays the class itself."""

import unittest
from unittest import mock

import shop
from shop import Cart


class TestCart(unittest.TestCase):
    def test_total(self):
        with mock.patch("shop.Cart"):
            Cart.rates = mock.Mock(return_value=[1])  # MLK201
            self.assertEqual(Cart().total(), 1)

    @mock.patch.object(shop, "Cart")
    def test_empty(self, cart):
        Cart.items = mock.Mock(return_value=[])  # MLK201
        self.assertEqual(Cart().total(), 0)

    @mock.patch("shop.Cart")
    def test_through_the_module(self, cart):
        shop.Cart.items = mock.Mock(return_value=[])
        self.assertEqual(shop.total(), 0)

    @mock.patch("shop.Cart")
    def test_imported_anew(self, cart):
        from shop import Cart

        Cart.items = mock.Mock(return_value=[])
        self.assertEqual(shop.total(), 0)

    @mock.patch("shop.Cart.items")
    def test_the_attribute(self, items):
        Cart.items = mock.Mock(return_value=[])
        self.assertEqual(Cart().total(), 0)
