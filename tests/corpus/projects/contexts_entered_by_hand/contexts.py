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
