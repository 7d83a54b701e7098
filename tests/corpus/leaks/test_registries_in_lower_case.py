import unittest
from unittest import mock

import signals
from signals import bus


class TestSend(unittest.TestCase):
    def test_somebody(self):
        receiver = mock.Mock(return_value="ok")
        signals.receivers.append(receiver)  # MLK205
        bus.listeners.append(mock.Mock())  # MLK205
        self.assertIn("ok", signals.send("saved"))
