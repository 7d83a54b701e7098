import unittest
from unittest import mock

import shop.rates


class TestRates(unittest.TestCase):
    def test_kept_on_self(self):
        self.fetch = shop.rates.fetch = mock.Mock()  # MLK201
        self.assertTrue(shop.rates.fetch())

    def test_kept_twice(self):
        fetch = self.fetch = shop.rates.fetch = mock.Mock()  # MLK201
        self.assertTrue(fetch())


class TestFetch(unittest.TestCase):
    def test_kept_on_a_mock(self):
        made = mock.Mock()
        made.return_value = shop.rates.fetch = mock.Mock()  # MLK201
        self.assertTrue(shop.rates.fetch())
