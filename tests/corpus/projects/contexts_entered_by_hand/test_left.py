import unittest
from unittest import mock

import contexts
import shop
from contexts import Kept, faked, kept


class TestTeardown(unittest.TestCase):
    def setUp(self):
        self.context = kept()
        self.context.__enter__()

    def tearDown(self):
        self.context.__exit__(None, None, None)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)

    def test_price(self):
        shop.price = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(shop.price("tea"), 3)


class TestCleanup(unittest.TestCase):
    def setUp(self):
        context = contexts.kept()
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        fake = faked("shop.price")
        self.price = fake.__enter__()
        self.addCleanup(fake.__exit__, None, None, None)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)


class TestObject(unittest.TestCase):
    def setUp(self):
        self.context = Kept(shop)
        self.context.__enter__()

    def tearDown(self):
        self.context.__exit__(None, None, None)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)
