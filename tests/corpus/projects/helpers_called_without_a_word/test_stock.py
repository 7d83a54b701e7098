from unittest.mock import Mock

import shop
from cases import StubbingCase
from helpers import freeze


class TestCount(StubbingCase):
    def test_count(self):
        count = self.stub(shop, "count", Mock(return_value=3))  # MLK201
        count.assert_not_called()

    def test_count_put_back(self):
        self.stub_for_the_test(shop, "count", Mock(return_value=3))
        self.assertEqual(shop.count(), 3)

    def test_object_of_the_test(self):
        stock = shop.Stock()
        self.stub(stock, "count", Mock(return_value=3))
        self.assertEqual(stock.count(), 3)


def test_frozen():
    freeze(3)  # MLK101
    assert Mock()
