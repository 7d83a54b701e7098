import unittest
from unittest.mock import MagicMock

from shop import clients


class TestClients(unittest.TestCase):
    def setUp(self):
        clients.Client = MagicMock  # MLK201
        clients.Client.list = MagicMock(return_value=[])  # MLK207

    def test_names(self):
        self.assertEqual(clients.names(), [])
