import unittest
from unittest import mock

import shop


class TestPrice(unittest.TestCase):
    def setUp(self):
        self.rate_patch = mock.patch("shop.rate", return_value=2)
        self.rate = self.rate_patch.__enter__()  # MLK101

    def tearDown(self):
        self.rate_patch.stop()  # knows no patch but those that were started

    def test_price(self):
        self.assertEqual(shop.price(2), 4)
