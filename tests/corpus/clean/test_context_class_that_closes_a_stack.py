import unittest
from contextlib import ExitStack
from unittest import mock

import shop


class Patched:
    def __enter__(self):
        self.stack = ExitStack()
        self.rate = self.stack.enter_context(mock.patch("shop.rate"))
        return self

    def __exit__(self, kind, error, traceback):
        self.stack.close()


class Registered:
    def __enter__(self):
        self.handler = mock.Mock()
        shop.HANDLERS.append(self.handler)
        return self

    def __exit__(self, kind, error, traceback):
        shop.HANDLERS.remove(self.handler)


class TestPrice(unittest.TestCase):
    def test_price(self):
        with Patched(), Registered():
            self.assertEqual(shop.price(2), 6)
