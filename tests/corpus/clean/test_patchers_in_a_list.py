import unittest
from unittest import mock

TARGETS = ("charge", "mail", "ship")


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.patchers = [mock.patch("shop.orders.%s" % name) for name in TARGETS]
        self.mocks = [patcher.start() for patcher in self.patchers]

    def tearDown(self):
        [patcher.stop() for patcher in self.patchers]

    def test_all_are_used(self):
        from shop.orders import place_order

        place_order("book")
        self.assertTrue(all(each.called for each in self.mocks))
