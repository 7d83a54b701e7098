import unittest
from unittest import mock

import shop
from serving import setUpModule


class TestRate(unittest.TestCase):
    @mock.patch("shop.rate", return_value=3)
    def test_rate(self, rate):
        self.assertEqual(shop.rate(), 3)
