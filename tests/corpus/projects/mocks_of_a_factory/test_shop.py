import unittest

import factories
import shop
from factories import make_fake, mock_free_rate


class TestReplaced(unittest.TestCase):
    def setUp(self):
        shop.rate = make_fake(3)  # MLK201

    def test_price(self):
        shop.price = factories.make_fake(4)  # MLK201
        self.assertEqual(shop.price("tea"), 4)


class TestRestored(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, shop, "rate", shop.rate)
        shop.rate = make_fake(3)

    def test_rate(self):
        self.assertEqual(shop.rate("EUR"), 3)


class TestUnknown(unittest.TestCase):
    def test_rate(self):
        shop.rate = mock_free_rate()
        self.assertEqual(shop.rate("EUR"), 0)
