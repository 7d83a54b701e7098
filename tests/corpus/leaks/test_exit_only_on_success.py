import unittest
from unittest import mock

import shop


class Charged:
    def __init__(self, amount):
        self.patcher = mock.patch("shop.charge", return_value=amount)

    def __enter__(self):
        return self.patcher.start()  # MLK102

    def __exit__(self, kind, error, traceback):
        if kind is None:
            self.patcher.stop()


class ClosedTill:
    def __enter__(self):
        self.real = shop.till
        shop.till = mock.Mock()  # MLK202

    def __exit__(self, *error):
        if error[0]:
            return False
        shop.till = self.real


class TestPrice(unittest.TestCase):
    def test_price(self):
        with Charged(3):
            self.assertEqual(shop.price(2), 6)

    def test_closed(self):
        with ClosedTill():
            self.assertRaises(shop.Closed, shop.pay)
