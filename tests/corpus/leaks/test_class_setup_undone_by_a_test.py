import unittest
from contextlib import ExitStack
from unittest import mock

import pytest
import shop


class TestPrice(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.saved = shop.rate
        shop.rate = mock.Mock()  # MLK202

    def test_price(self):
        self.assertEqual(shop.price(2), 2)

    def test_the_last_one(self):
        shop.rate = self.saved


class TestTax:
    def setup_method(self):
        self.stack = ExitStack()
        self.stack.enter_context(mock.patch("shop.tax"))  # MLK101

    def tearDown(self):
        self.stack.close()

    def test_tax(self):
        assert shop.tax(2) == 2


@pytest.fixture
def till():
    mock.patch("shop.till").start()  # MLK102
    yield
    assert shop.till.called
    mock.patch.stopall()


def test_till(till):
    shop.pay()
