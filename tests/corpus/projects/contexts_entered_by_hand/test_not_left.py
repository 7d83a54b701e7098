import unittest

from contexts import faked


class TestShop(unittest.TestCase):
    def setUp(self):
        self.context = faked("shop.rate")
        self.rate = self.context.__enter__()  # MLK101

    def test_rate(self):
        self.rate.assert_not_called()
