import unittest
from unittest import mock

import shop
from helpers import AroundTestCase, Keeper, Kept, keeper


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


class TestPutBack(unittest.TestCase):
    def setUp(self):
        mine = Keeper()
        self.addCleanup(mine.put_back)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)


class TestOfModule(unittest.TestCase):
    def setUp(self):
        keeper.start()
        self.addCleanup(keeper.put_back)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)

    def test_price(self):
        shop.price = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(shop.price("tea"), 3)


class TestClassMethod(unittest.TestCase):
    def setUp(self):
        Keeper.keep()

    def tearDown(self):
        Keeper.put_kept_back()

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)


class TestAround(AroundTestCase):
    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)

    def test_price(self):
        shop.price = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(shop.price("tea"), 3)
