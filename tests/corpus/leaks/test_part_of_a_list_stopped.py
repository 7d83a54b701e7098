import unittest
from unittest import mock

import pytest
import shop


@pytest.fixture
def ledger():
    patchers = [mock.patch.object(shop, name) for name in ("debit", "credit", "lock")]
    mocks = [patcher.start() for patcher in patchers]  # MLK101
    yield mocks
    for patcher in patchers[:2]:
        patcher.stop()


class TestPrice(unittest.TestCase):
    names = shop.NAMES

    def setUp(self):
        self.patchers = [mock.patch.object(shop, name) for name in self.names]
        for patcher in self.patchers:
            patcher.start()  # MLK101

    def tearDown(self):
        for patcher in reversed(self.patchers[1:]):
            patcher.stop()

    def test_price(self):
        self.assertEqual(shop.price(2), 2)


class TestTax(unittest.TestCase):
    def setUp(self):
        rate, tax = self.patchers = [mock.patch("shop.rate"), mock.patch("shop.tax")]
        rate.start()
        tax.start()  # MLK101

    def tearDown(self):
        for patcher in self.patchers[:-1]:
            patcher.stop()

    def test_tax(self):
        self.assertEqual(shop.tax(2), 2)
