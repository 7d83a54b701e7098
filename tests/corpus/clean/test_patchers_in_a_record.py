import dataclasses
import types
import typing
import unittest
from unittest import mock

from shop import orders, stock


@dataclasses.dataclass(frozen=True)
class Patches:
    count: object
    order: object


class Pair(typing.NamedTuple):
    charge: object
    refund: object


def stop(patches):
    for each in dataclasses.fields(patches):
        getattr(patches, each.name).stop()


class TestShop(unittest.TestCase):
    def setUp(self):
        self.patches = Patches(mock.patch.object(stock, "count"), mock.patch.object(stock, "order"))
        self.patches.count.start()
        self.patches.order.start()
        self.addCleanup(stop, self.patches)

    def test_pair(self):
        pair = Pair(mock.patch.object(orders, "charge"), mock.patch.object(orders, "refund"))
        for patcher in pair:
            patcher.start()
            self.addCleanup(patcher.stop)

    def test_namespace(self):
        space = types.SimpleNamespace(place=mock.patch.object(orders, "place"))
        space.place.start()
        for patcher in vars(space).values():
            self.addCleanup(patcher.stop)

    def test_handed_on(self):
        pair = Pair(mock.patch.object(orders, "charge"), mock.patch.object(orders, "refund"))
        pair.charge.start()
        orders.end_with(self, pair)
