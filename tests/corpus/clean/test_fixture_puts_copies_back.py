"""A fixture of the file saves copies and puts them back in a cleanup."""

import copy
from unittest import mock

import fixtures
import testtools
from shop import rpc


class ResetRpc(fixtures.Fixture):
    def _setUp(self):
        self.transport = copy.copy(rpc.TRANSPORT)
        self.notifier = copy.copy(rpc.NOTIFIER)
        self.addCleanup(self.put_back)

    def put_back(self):
        rpc.TRANSPORT = self.transport
        rpc.NOTIFIER = self.notifier


class TestRpc(testtools.TestCase):
    def setUp(self):
        super().setUp()
        self.useFixture(ResetRpc())

    def test_transport(self):
        rpc.TRANSPORT = mock.Mock()
        self.assertTrue(rpc.TRANSPORT.send())

    def test_notifier(self):
        rpc.NOTIFIER = mock.Mock()
        self.assertTrue(rpc.NOTIFIER.prepare())
