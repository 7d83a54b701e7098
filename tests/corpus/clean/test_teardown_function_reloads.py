import importlib
from unittest import TestCase, mock

from shop import stock


def setup_function(function):
    stock.count = mock.Mock()


def teardown_function(function):
    importlib.reload(stock)


def test_count():
    stock.count()


class TestPrices(TestCase):
    def setUp(self):
        self.patchers = {}

    def tearDown(self):
        while self.patchers:
            _, patcher = self.patchers.popitem()
            patcher.stop()

    def patch(self, name):
        self.patchers[name] = mock.patch(f"shop.{name}")
        return self.patchers[name].start()

    def test_price(self):
        self.patch("price").assert_not_called()
