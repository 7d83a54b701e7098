import unittest

import pytest
import shop
from tests.helpers import replace_both, replace_rate


@pytest.fixture
def rate():
    original = replace_rate()
    yield
    shop.rate = original


def test_price(rate):
    assert shop.price(2) == 6


class TestBoth(unittest.TestCase):
    def setUp(self):
        self.originals = replace_both()

    def tearDown(self):
        shop.rate, shop.tax = self.originals

    def test_price(self):
        self.assertEqual(shop.price(2), 6)
