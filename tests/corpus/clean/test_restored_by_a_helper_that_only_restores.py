import unittest
from unittest import mock

import shop.pools
import shop.rates


class TestPools(unittest.TestCase):
    def setUp(self):
        self.saved = [(shop.rates, "fetch", shop.rates.fetch)]
        self.addCleanup(self._restore)
        self.addCleanup(self._forget)
        shop.rates.fetch = mock.Mock()
        shop.pools.POOL = mock.Mock()

    def _restore(self):
        for owner, name, original in self.saved:
            setattr(owner, name, original)

    def _forget(self):
        shop.pools.POOL = None

    def test_rate(self):
        self.assertTrue(shop.rates.fetch())


class TestByLoop(unittest.TestCase):
    def replace(self, owner, name):
        self.addCleanup(setattr, owner, name, getattr(owner, name))
        setattr(owner, name, mock.Mock())

    def test_rate(self):
        self.replace(shop.rates, "fetch")
