"""A helper starts patches for test cases whose base class, which is not there, may stop them."""

from unittest import mock

from network.tests.base import NetworkTestCase


def mock_backend():
    mock.patch("network.client.Client").start()
    mock.patch("network.client.connect", return_value=True).start()


class TestNetwork(NetworkTestCase):
    def setUp(self):
        mock_backend()
        super().setUp()

    def test_connect(self):
        self.assertTrue(self.plugin.connect())
