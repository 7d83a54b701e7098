import unittest
from unittest import mock

import rpc
from rpc import get_pool


class TestClient(unittest.TestCase):
    def test_local(self):
        client = rpc.get_client()
        client.call = mock.Mock()  # MLK201
        self.assertTrue(rpc.get_client().call("ping"))

    def test_at_once(self):
        rpc.get_client().call = mock.Mock()  # MLK201
        self.assertTrue(rpc.get_client().call("ping"))

    def test_class_of_a_new_one(self):
        client = rpc.connect()
        type(client).call = mock.Mock()  # MLK201
        self.assertTrue(rpc.connect().call("ping"))

    def test_put_back(self):
        client = rpc.get_client()
        original = client.call
        self.addCleanup(setattr, client, "call", original)
        client.call = mock.Mock()
        self.assertTrue(rpc.get_client().call("ping"))


class TestPool(unittest.TestCase):
    def setUp(self):
        self.pool = get_pool()

    def test_take(self):
        self.pool.take = mock.Mock()  # MLK201
        self.assertTrue(get_pool().take())


def test_backend():
    backend = rpc.backend("pool")
    backend.take = mock.Mock()  # MLK201
    assert rpc.backend("pool")().take()


def test_kept():
    client = rpc.kept()
    client.call = mock.Mock()  # MLK201
    assert rpc.kept().call("ping")


def test_chosen():
    cls = rpc.chosen("pool")
    cls.take = mock.Mock()  # MLK201
    assert rpc.Pool().take()
