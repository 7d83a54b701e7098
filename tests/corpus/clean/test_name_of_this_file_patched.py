"""A patch of a name of this very file: what the file calls by that name is the mock."""

import unittest
from unittest import mock

from shop import Cart


class TestCart(unittest.TestCase):
    @mock.patch(__name__ + ".Cart")
    def test_total(self, cart):
        Cart.items = mock.Mock(return_value=[1])
        self.assertIs(Cart, cart)

    @mock.patch(f"{__name__}.Cart")
    def test_empty(self, cart):
        Cart.items = mock.Mock(return_value=[])
        self.assertIs(Cart, cart)

    @mock.patch("test_name_of_this_file_patched.Cart")
    def test_by_its_name(self, cart):
        Cart.items = mock.Mock(return_value=[])
        self.assertIs(Cart, cart)
