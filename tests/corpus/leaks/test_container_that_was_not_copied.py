import copy
from unittest import TestCase, mock

import shop


class NotCopiedTest(TestCase):
    def setUp(self):
        self.saved = shop.RATES

    def tearDown(self):
        shop.RATES = self.saved

    def test_rate(self):
        shop.RATES["usd"] = mock.Mock()  # MLK205
        self.assertIsNotNone(shop.RATES["usd"]())


class CopiedTest(TestCase):
    def setUp(self):
        self.saved = dict(shop.RATES)

    def tearDown(self):
        shop.RATES = self.saved

    def test_rate(self):
        shop.RATES["usd"] = mock.Mock()


class DeeplyCopiedTest(TestCase):
    def setUp(self):
        self.saved = copy.deepcopy(shop.RATES)

    def tearDown(self):
        shop.RATES = self.saved

    def test_rate(self):
        shop.RATES["usd"] = mock.Mock()


class AnotherOneTest(TestCase):
    def setUp(self):
        self.saved = shop.RATES
        shop.RATES = dict(self.saved)

    def tearDown(self):
        shop.RATES = self.saved

    def test_rate(self):
        shop.RATES["usd"] = mock.Mock()


class PartTest(TestCase):
    def setUp(self):
        self.saved = shop.HOOKS[:]

    def tearDown(self):
        shop.HOOKS = self.saved

    def test_hook(self):
        shop.HOOKS.append(mock.Mock())


class ListTest(TestCase):
    def setUp(self):
        self.saved = shop.HOOKS

    def tearDown(self):
        shop.HOOKS = self.saved

    def test_hook(self):
        shop.HOOKS.append(mock.Mock())  # MLK205
