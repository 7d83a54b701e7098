import unittest
from unittest.mock import MagicMock

from shop import clients


class TestClients(unittest.TestCase):
    def test_lists(self):
        client = MagicMock
        client.list = MagicMock(return_value=[])  # MLK207
        self.assertEqual(clients.names(client), [])
