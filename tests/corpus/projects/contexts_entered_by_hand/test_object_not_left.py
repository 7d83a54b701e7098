import unittest

from sites import Site
from shop import Shop


class TestPrices(unittest.TestCase):
    def setUp(self):
        self.site = Site({"tea": 2})
        self.site.__enter__()  # MLK101
        self.shop = Shop()

    def test_price(self):
        self.assertEqual(2, self.shop.price("tea"))


class TestOthers(unittest.TestCase):
    def test_block(self):
        with Site() as site:
            self.assertEqual({}, site.prices)

    def test_entered(self):
        site = self.enterContext(Site({"tea": 1}))
        self.assertEqual(1, len(site.prices))
