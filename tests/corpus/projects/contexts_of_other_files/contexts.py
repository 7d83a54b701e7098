import contextlib
import unittest
from unittest import mock

import shop


@contextlib.contextmanager
def rate_kept():
    rate = shop.rate
    try:
        yield
    finally:
        shop.rate = rate


@contextlib.contextmanager
def kept(module, name):
    original = getattr(module, name)
    try:
        yield
    finally:
        setattr(module, name, original)


@contextlib.contextmanager
def opened():
    yield shop.rate("EUR")


class ContextTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.enterContext(rate_kept())


class StackTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        stack = contextlib.ExitStack()
        stack.enter_context(mock.patch.object(shop, "rate"))
        stack.enter_context(kept(shop, "price"))
        self.addCleanup(stack.close)
