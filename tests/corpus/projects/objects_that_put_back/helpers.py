import unittest

import shop


class Kept:
    def __enter__(self):
        self._rate = shop.rate
        return self

    def __exit__(self, *exc):
        shop.rate = self._rate


class Keeper:
    _kept = None

    def __init__(self):
        self._rate = shop.rate

    def __call__(self):
        shop.rate = self._rate

    def start(self):
        self._rate = shop.rate

    def stop(self):
        shop.rate = self._rate

    def put_back(self):
        shop.rate = self._rate

    @classmethod
    def keep(cls):
        cls._kept = shop.rate

    @classmethod
    def put_kept_back(cls):
        shop.rate = cls._kept


keeper = Keeper()


class AroundTestCase(unittest.TestCase):
    def run(self, result=None):
        with Kept():
            return super().run(result)
