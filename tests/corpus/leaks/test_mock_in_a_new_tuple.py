import unittest
from unittest import mock

from shop import carriers
from shop.carriers import Carrier


class FakeConnection:
    def send(self, parcel):
        return "sent"


class TestCarrier(unittest.TestCase):
    def setUp(self):
        Carrier.connections = (None, mock.Mock())  # MLK201

    def test_own_class(self):
        Carrier.connections = (None, FakeConnection)  # MLK204
        self.assertEqual("sent", Carrier().send("parcel"))

    def test_list(self):
        carriers.ALL = [mock.Mock(name="post")]  # MLK201
        self.assertEqual(1, len(carriers.names()))

    def test_dict(self):
        carriers.BY_NAME = {  # MLK204
            "post": lambda parcel: "sent",
        }
        self.assertEqual("sent", carriers.send("post", "parcel"))
