import unittest
from unittest import mock

import rpc


class TestNew(unittest.TestCase):
    def setUp(self):
        self.client = rpc.connect("tcp://here")
        self.client.call = mock.Mock()

    def tearDown(self):
        rpc.forget()

    def test_connect(self):
        client = rpc.connect()
        client.call = mock.Mock()
        self.assertTrue(client.call("ping"))

    def test_latest(self):
        client = rpc.latest()
        client.call = mock.Mock()
        self.assertTrue(client.call("ping"))

    def test_either(self):
        client = rpc.either(True)
        client.call = mock.Mock()
        self.assertTrue(client.call("ping"))

    def test_own(self):
        pool = rpc.own(rpc.Pool())
        pool.take = mock.Mock()
        self.assertTrue(pool.take())

    def test_loop(self):
        client = rpc.clients()
        client.call = mock.Mock()
        self.assertTrue(client.call("ping"))

    def test_renewed(self):
        client = rpc.get_renewed()
        client.call = mock.Mock()
        self.assertTrue(rpc.get_renewed().call("ping"))


def test_other_name_of_another_function():
    client = rpc.get_client()
    assert client.address == "tcp://rpc"


def test_client_of_its_own():
    client = rpc.Client("own")
    client.call = mock.Mock()
    assert client.call("ping")


def test_emptied():
    client = rpc.emptied()
    client.call = mock.Mock()
    try:
        assert rpc.emptied().call("ping")
    finally:
        rpc.emptied.cache_clear()


def test_pool_or_none():
    cls = rpc.pool_or_none("client")
    assert cls is None
