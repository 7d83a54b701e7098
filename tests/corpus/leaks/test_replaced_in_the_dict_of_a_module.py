import unittest
from unittest import mock

from shop import stock


class TestStock(unittest.TestCase):
    def test_count(self):
        vars(stock)["count"] = mock.Mock(return_value=3)  # MLK201
        self.assertEqual(stock.count("book"), 3)

    def test_order(self):
        stock.__dict__.update(order=mock.Mock())  # MLK201
        stock.order("book")
        stock.order.assert_called_once_with("book")
