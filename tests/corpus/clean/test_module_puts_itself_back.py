import unittest
from unittest import mock

from shop import messages
from shop.settings import settings


class TestMessages(unittest.TestCase):
    def setUp(self):
        messages.transport = mock.Mock()
        self.addCleanup(messages.cleanup)
        settings.loader = mock.Mock(return_value={})

    def tearDown(self):
        settings.reset()

    def test_send(self):
        messages.send("a")
        messages.transport.put.assert_called_once_with("a")
