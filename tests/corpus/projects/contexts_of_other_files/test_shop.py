from unittest import mock

import contexts
import shop
from contexts import ContextTestCase, StackTestCase, kept, opened, rate_kept


class TestContext(ContextTestCase):
    def test_rate(self):
        shop.rate = mock.Mock(return_value=2)
        self.assertEqual(shop.rate("EUR"), 2)

    def test_price(self):
        shop.price = mock.Mock(return_value=2)  # MLK201
        self.assertEqual(shop.price("tea"), 2)


class TestStack(StackTestCase):
    def test_rate(self):
        shop.rate = mock.Mock(return_value=2)
        self.assertEqual(shop.rate("EUR"), 2)

    def test_price(self):
        shop.price = mock.Mock(return_value=2)
        self.assertEqual(shop.price("tea"), 2)


def test_rate():
    with rate_kept():
        shop.rate = mock.Mock(return_value=3)
        assert shop.rate("EUR") == 3
    with contexts.rate_kept():
        shop.rate = mock.Mock(return_value=4)
        assert shop.rate("EUR") == 4


def test_price():
    with kept(shop, "price"):
        shop.price = mock.Mock(return_value=3)
        assert shop.price("tea") == 3


def test_opened():
    with opened():
        shop.rate = mock.Mock(return_value=5)  # MLK201
        assert shop.rate("EUR") == 5


def test_behind():
    with rate_kept():
        assert shop.rate("EUR")
    shop.rate = mock.Mock(return_value=6)  # MLK201
    assert shop.rate("EUR") == 6
