"""Other code that stops everything may stop patches, but puts back no attribute that was assigned."""

import unittest
from unittest import mock

import shop
from actors import Registry
from testlib import undo_everything


class TestShop(unittest.TestCase):
    def setUp(self):
        shop.connect = mock.Mock()  # MLK201
        mock.patch("shop.find").start()

    def tearDown(self):
        Registry.stop_all()

    def test_price(self):
        self.assertEqual(shop.price(), 1)


class TestUndone(unittest.TestCase):
    def setUp(self):
        shop.connect = mock.Mock()

    def tearDown(self):
        undo_everything()

    def test_price(self):
        self.assertEqual(shop.price(), 1)
