"""A handler of every exception stands between: what is behind it runs whatever raised."""

import unittest
from unittest import mock

import shop


class TestPrice(unittest.TestCase):
    def test_price(self):
        original = shop.price
        shop.price = mock.Mock(return_value=3)
        error = None
        try:
            shop.order("tea")
        except Exception as caught:
            error = caught
        shop.price = original
        self.assertIsNone(error)
