import unittest
from unittest import mock

import shop


class RestoringTestCase(unittest.TestCase):
    def run(self, result=None):
        rate = shop.rate
        try:
            return super().run(result)
        finally:
            shop.rate = rate


class TestInSetUp(RestoringTestCase):
    def setUp(self):
        shop.rate = mock.Mock(return_value=2)

    def test_rate(self):
        self.assertEqual(shop.rate("EUR"), 2)


class TestInTest(RestoringTestCase):
    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)
