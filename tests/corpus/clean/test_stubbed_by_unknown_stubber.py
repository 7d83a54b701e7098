"""The place is handed to a stubber that cannot be found, so it may well be the one that puts the original back."""

import unittest
from unittest import mock

from shop import service
from testlib import Keeper, Stubber


class TestClock(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.stubber = Stubber()
        self.addCleanup(self.stubber.unset)

    def stop_clock(self):
        def fake_clock():
            return 0.0

        self.stubber.stub_out(service, "clock")
        service.clock = fake_clock

    def test_stopped(self):
        self.stop_clock()
        self.assertEqual(service.clock(), mock.ANY)


class TestKeptByName(unittest.TestCase):
    def setUp(self):
        super().setUp()
        keeper = Keeper(service, "clock", "calendar")
        self.addCleanup(keeper.put_back)

    def test_calendar(self):
        service.calendar = mock.Mock(return_value="today")
        self.assertEqual(service.calendar(), "today")
