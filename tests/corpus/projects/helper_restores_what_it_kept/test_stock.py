import unittest
from unittest import mock

import originals
from elsewhere import restore_everything
from shop import stock


class TestStock(unittest.TestCase):
    def setUp(self):
        originals.keep("count")
        self.addCleanup(originals.put_back)
        stock.count = mock.Mock(return_value=3)

    def test_count(self):
        self.assertEqual(stock.count("book"), 3)


class TestOrder(unittest.TestCase):
    def setUp(self):
        stock.order = mock.Mock()

    def tearDown(self):
        restore_everything()

    def test_order(self):
        stock.order("book")
        stock.order.assert_called_once_with("book")
