import unittest
from contextlib import ExitStack
from unittest import mock

import shop


class TestPopped(unittest.TestCase):
    def setUp(self):
        self.saved = [(shop, "rate", shop.rate), (shop, "price", shop.price)]

    def tearDown(self):
        while self.saved:
            setattr(*self.saved.pop())

    def test_rate(self):
        shop.rate = mock.Mock(return_value=2)
        self.assertEqual(shop.rate("EUR"), 2)


class TestPatchedOnAStack(unittest.TestCase):
    def setUp(self):
        stack = ExitStack()
        stack.enter_context(mock.patch.object(shop, "rate"))
        self.addCleanup(stack.close)

    def test_rate(self):
        shop.rate = mock.Mock(return_value=2)
        self.assertEqual(shop.rate("EUR"), 2)
