from unittest import TestCase, mock

import wire
from wire import Session


class TestClose(TestCase):
    def test_closes(self):
        wire.NOTIFIER = mock.Mock()
        wire.TRANSPORT = transport = mock.Mock()
        wire.close()
        transport.close.assert_called_once_with()
        self.assertIsNone(wire.TRANSPORT)

    def test_without_notifier(self):
        wire.TRANSPORT = mock.Mock()  # MLK201
        self.assertRaises(AssertionError, wire.close)

    def test_is_open(self):
        wire.TRANSPORT = mock.Mock()  # MLK201
        self.assertTrue(wire.is_open())

    def test_closes_before(self):
        wire.close()
        wire.TRANSPORT = mock.Mock()  # MLK201
        self.assertTrue(wire.is_open())


class TestClosedAtTheEnd(TestCase):
    def setUp(self):
        self.addCleanup(wire.close)

    def test_is_open(self):
        wire.TRANSPORT = mock.Mock()
        self.assertTrue(wire.is_open())


def test_session_ends():
    Session.current = mock.Mock()
    Session.end()
