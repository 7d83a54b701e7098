import copy
import unittest
from unittest import mock

from shop import stock
from shop.settings import settings


class TestSettings(unittest.TestCase):
    def setUp(self):
        self.settings = copy.copy(vars(settings))
        settings.loader = mock.Mock(return_value={})
        self.stock = dict(stock.__dict__)
        stock.count = mock.Mock(return_value=3)

    def tearDown(self):
        vars(settings).clear()
        vars(settings).update(self.settings)
        stock.__dict__.update(self.stock)

    def test_loader(self):
        self.assertEqual(settings.loader(), {})

    def test_order(self):
        order = stock.order
        vars(stock)["order"] = mock.Mock()
        self.addCleanup(setattr, stock, "order", order)
