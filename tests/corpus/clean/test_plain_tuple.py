import unittest
from unittest import mock

from shop import carriers
from shop.carriers import Carrier
from shop.samples import fake_parcel


class TestCarrier(unittest.TestCase):
    def setUp(self):
        self.connections = Carrier.connections
        Carrier.connections = (None, mock.Mock())
        self.addCleanup(setattr, Carrier, "connections", self.connections)

    def test_plain_values(self):
        carriers.ALL = ["post", 2]
        carriers.SAMPLES = {"small": fake_parcel}
        carriers.LIMITS = (
            1,
            fake_parcel,
        )
        carriers.ARGUMENTS = ["--name", mock.sentinel.name]
        self.assertEqual(2, len(carriers.names()))

    def test_of_an_object_made_here(self):
        carrier = Carrier()
        carrier.connections = [mock.Mock()]
        self.assertEqual(1, len(carrier.connections))
