import contextlib
import unittest
from unittest import mock


class TestRate(unittest.TestCase):
    def setUp(self):
        with contextlib.ExitStack() as stack:
            self.rate = stack.enter_context(mock.patch("shop.rate"))  # MLK101
            self.stack = stack.pop_all()

    def test_rate(self):
        self.rate.assert_not_called()


class TestPrice(unittest.TestCase):
    def setUp(self):
        with contextlib.ExitStack() as stack:
            self.price = stack.enter_context(mock.patch("shop.price"))
            self.addCleanup(stack.pop_all().close)

    def test_price(self):
        self.price.assert_not_called()


class TestOnSomeWay(unittest.TestCase):
    def setUp(self):
        with contextlib.ExitStack() as stack:
            self.price = stack.enter_context(mock.patch("shop.price"))
            if self.price:
                self.stack = stack.pop_all()
                self.addCleanup(self.stack.close)

    def test_price(self):
        self.price.assert_not_called()
