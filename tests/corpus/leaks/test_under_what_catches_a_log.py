"""What catches a log is told the name of a logger: the module of that name is not put back."""

import unittest
from unittest import mock

import fixtures
import shop
import testtools
from shop import rates
from testfixtures import LogCapture


class TestShop(testtools.TestCase):
    def setUp(self):
        super().setUp()
        self.useFixture(fixtures.FakeLogger("shop"))
        shop.price = mock.Mock(return_value=2)  # MLK201

    def test_total(self):
        self.assertEqual(shop.total(), 2)

    def test_rates(self):
        with fixtures.FakeLogger("shop.rates"):
            rates.fetch = mock.Mock(return_value=[1])  # MLK201
            self.assertEqual(shop.total(), 1)


class TestLog(unittest.TestCase):
    def test_total(self):
        with LogCapture("shop") as log:
            shop.price = mock.Mock(return_value=2)  # MLK201
            self.assertEqual(shop.total(), 2)
        log.check(("shop", "INFO", "total"))
