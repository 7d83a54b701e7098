import unittest
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest import mock

from shop import orders, stock


@dataclass
class Patches:
    count: Any
    order: Any = None


class Pair(NamedTuple):
    charge: Any
    refund: Any


class TestShop(unittest.TestCase):
    def setUp(self):
        self.patches = Patches(mock.patch.object(stock, "count"), order=mock.patch.object(stock, "order"))
        self.patches.count.start()
        self.patches.order.start()  # MLK101
        self.addCleanup(self.patches.count.stop)

    def test_pair(self):
        pair = Pair(mock.patch.object(orders, "charge"), mock.patch.object(orders, "refund"))
        pair.charge.start()  # MLK101
        pair.refund.start()
        self.addCleanup(pair.refund.stop)

    def test_namespace(self):
        space = SimpleNamespace()
        space.place = mock.patch.object(orders, "place")
        space.place.start()  # MLK101
        stock.count("book")
