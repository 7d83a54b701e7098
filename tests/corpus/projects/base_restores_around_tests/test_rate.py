from unittest import mock

import shop
from bases import RestoringTestCase


class TestInSetUp(RestoringTestCase):
    def setUp(self):
        shop.rate = mock.Mock(return_value=2)

    def test_rate(self):
        self.assertEqual(shop.rate("EUR"), 2)


class TestInTest(RestoringTestCase):
    def test_rate(self):
        shop.rate = mock.Mock(return_value=3)
        self.assertEqual(shop.rate("EUR"), 3)


class TestAnotherPlace(RestoringTestCase):
    def setUp(self):
        shop.price = mock.Mock()  # MLK201

    def test_price(self):
        shop.price("tea")
        shop.price.assert_called_once_with("tea")
