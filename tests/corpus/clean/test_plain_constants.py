import unittest
from unittest import mock

from shop import client, settings


class TestClient(unittest.TestCase):
    def setUp(self):
        client.TIMEOUT = 0
        client.CACHE = None
        settings.HOSTS = ["localhost"]
        self.transport = mock.Mock()

    def test_get(self):
        client.get(self.transport, "/")
        self.transport.get.assert_called_once_with("/", timeout=0)
