import unittest
from unittest import mock

import pytest
import shop


@pytest.fixture
def ledger():
    patchers = [mock.patch.object(shop, name) for name in ("debit", "credit", "lock")]
    mocks = [patcher.start() for patcher in patchers]
    yield mocks
    for patcher in patchers[:3]:
        patcher.stop()


class TestPrice(unittest.TestCase):
    def setUp(self):
        self.patchers = [mock.patch.object(shop, name) for name in shop.NAMES]
        for patcher in self.patchers[::-1]:
            patcher.start()

    def tearDown(self):
        for patcher in self.patchers[:-1]:
            patcher.stop()
        for patcher in self.patchers[-1:]:
            patcher.stop()

    def test_price(self):
        self.assertEqual(shop.price(2), 2)


class TestTax(unittest.TestCase):
    def setUp(self):
        self.patchers = [mock.patch.object(shop, name) for name in shop.NAMES]
        for patcher in self.patchers:
            patcher.start()

    def tearDown(self):
        self.patchers[0].stop()
        for patcher in self.patchers[1:]:
            patcher.stop()

    def test_tax(self):
        self.assertEqual(shop.tax(2), 2)


class TestAll(unittest.TestCase):
    def setUp(self):
        self.patchers = []
        for name in shop.NAMES:
            self.patchers.append(mock.patch.object(shop, name))
            self.patchers[-1].start()

    def tearDown(self):
        for patcher in self.patchers[::-1]:
            patcher.stop()

    def test_all(self):
        self.assertEqual(shop.tax(2), 2)


class TestFirst(unittest.TestCase):
    def test_first(self):
        patchers = [mock.patch.object(shop, name) for name in shop.NAMES]
        for patcher in patchers[1:]:
            patcher.start()
            self.addCleanup(patcher.stop)
        self.assertEqual(shop.tax(2), 2)
