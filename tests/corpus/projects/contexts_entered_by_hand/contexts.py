import contextlib
from unittest import mock

import shop


@contextlib.contextmanager
def kept():
    rate = shop.rate
    try:
        yield
    finally:
        shop.rate = rate


@contextlib.contextmanager
def faked(target):
    with mock.patch(target) as fake:
        yield fake


class Kept:
    def __init__(self, module):
        self.module = module

    def __enter__(self):
        self.rate = self.module.rate
        return self

    def __exit__(self, *exc):
        self.module.rate = self.rate


class Site:
    def __init__(self, prices=None):
        self.prices = prices or {}
        self._patcher = mock.patch.object(shop, "price", side_effect=self.prices.get)

    def __enter__(self):
        self._patcher.start()
        return self

    def __exit__(self, *exc_info):
        self._patcher.stop()
