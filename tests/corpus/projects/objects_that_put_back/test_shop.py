import unittest
from unittest import mock

import shop
from helpers import Keeper, Kept


class TestContext(unittest.TestCase):
    def test_rate(self):
        with Kept():
            shop.rate = mock.Mock(return_value=3)
            self.assertEqual(shop.rate("EUR"), 3)

    def test_price(self):
        with Kept():
            shop.price = mock.Mock(return_value=3)  # MLK201
            self.assertEqual(shop.price("tea"), 3)


class TestKeeper(unittest.TestCase):
    def setUp(self):
        self.keeper = Keeper()
        self.keeper.start()
        self.addCleanup(self.keeper.stop)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)

    def test_price(self):
        shop.price = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(shop.price("tea"), 3)


class TestStopped(unittest.TestCase):
    def setUp(self):
        self.keeper = Keeper()
        self.keeper.start()

    def tearDown(self):
        self.keeper.stop()

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)
