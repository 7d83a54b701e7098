import unittest
from unittest import mock

import pytest
import shop


@pytest.fixture
def till():
    if shop.CLOSED:
        yield None
        return
    till_patch = mock.patch("shop.till")
    yield till_patch.start()
    till_patch.stop()


class TestPrice(unittest.TestCase):
    rate_patch = None

    def setUp(self):
        if shop.CLOSED:
            return
        self.rate_patch = mock.patch("shop.rate")
        self.rate_patch.start()

    def tearDown(self):
        if self.rate_patch is None:
            return
        self.rate_patch.stop()

    def test_price(self):
        self.assertEqual(shop.price(2), 2)


class TestTax(unittest.TestCase):
    def setUp(self):
        if shop.CLOSED:
            return
        self.tax_patch = mock.patch("shop.tax")
        self.tax_patch.start()

    def tearDown(self):
        if shop.CLOSED:
            return
        self.tax_patch.stop()

    def test_tax(self):
        self.assertEqual(shop.tax(2), 2)


class TestBoth(unittest.TestCase):
    def setUp(self):
        send = mock.patch("shop.send")
        send.start()
        if shop.CLOSED:
            self.addCleanup(send.stop)
            return
        self.addCleanup(send.stop)
        self._open()

    def _open(self):
        if not shop.DOORS:
            return
        shop.open()

    def test_send(self):
        self.assertTrue(shop.send())
