import unittest

from shop import Order


class OrderCase(unittest.TestCase):
    order_class = Order
    numbers = {}

    def make(self):
        return self.order_class()
