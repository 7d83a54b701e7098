import logging
import unittest
from unittest import mock

import signals


class TestSend(unittest.TestCase):
    def setUp(self):
        self.bus = signals.Bus()

    def test_somebody(self):
        receiver = mock.Mock()
        signals.receivers.append(receiver)
        self.addCleanup(signals.receivers.remove, receiver)
        self.assertTrue(signals.send("saved"))

    def test_own_objects(self):
        other = signals.Bus()
        other.listeners.append(mock.Mock())
        self.bus.listeners.append(mock.Mock())
        logging.getLogger("signals").handlers.append(mock.Mock())
        self.assertTrue(other.send("saved"))

    @mock.patch("signals.receivers", [])
    def test_patched(self):
        signals.receivers.append(mock.Mock())
        self.assertTrue(signals.send("saved"))

    @mock.patch.object(signals, "bus")
    def test_mock(self, bus):
        signals.bus.listeners.append(mock.Mock())
        bus.listeners.append(mock.Mock())
        self.assertTrue(signals.send("saved"))
