import unittest
from unittest.mock import patch


def start_all(*names):
    patchers = [patch("shop.orders." + name) for name in names]
    for patcher in patchers:
        patcher.start()
    return patchers


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.patchers = start_all("charge", "mail")

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()

    def test_order(self):
        from shop.orders import place_order

        self.assertIsNotNone(place_order("book"))
