import unittest
from unittest import mock

from shop import messages


class TestMessages(unittest.TestCase):
    def test_send(self):
        messages.transport = mock.Mock()  # MLK202
        messages.send("a")
        messages.transport.put.assert_called_once_with("a")
        messages.cleanup()
