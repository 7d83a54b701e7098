import unittest
from unittest import mock

import shop


class Charged:
    def __init__(self, amount):
        self.patcher = mock.patch("shop.charge", return_value=amount)

    def __enter__(self):
        return self.patcher.start()

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            print("failed:", error)
        self.patcher.stop()
        return kind is shop.Closed


class OpenTill:
    def __enter__(self):
        self.patcher = mock.patch("shop.till")
        return self.patcher.start()

    def __exit__(self, kind, error, traceback):
        if kind is None:
            self.patcher.stop()
        else:
            self.patcher.stop()
            raise error


class TestPrice(unittest.TestCase):
    def test_price(self):
        with Charged(3), OpenTill():
            self.assertEqual(shop.price(2), 6)
