import unittest

from shop import orders


class TestOrder(unittest.TestCase):
    def test_number(self):
        orders.Order.next_number = staticmethod(lambda: 7)  # MLK204
        self.assertEqual(orders.Order().number, 7)

    def test_total(self):
        orders.Order.total = property(lambda self: 12)  # MLK204
        self.assertEqual(orders.Order().total, 12)

    def test_put_back(self):
        original = orders.Order.parse
        orders.Order.parse = staticmethod(lambda text: text)
        self.addCleanup(setattr, orders.Order, "parse", staticmethod(original))
        self.assertEqual(orders.Order.parse("x"), "x")
