import unittest
from unittest import mock

import bus
from bus import HOOKS


class TestPublish(unittest.TestCase):
    def test_removed_again(self):
        listener = mock.Mock()
        bus.subscribers["order.paid"].append(listener)
        self.addCleanup(bus.subscribers["order.paid"].remove, listener)
        bus.publish("order.paid", 1)

    def test_taken_out(self):
        HOOKS["paid"].append(mock.Mock())
        self.addCleanup(HOOKS["paid"].pop)
        bus.publish("order.paid", 1)

    def test_the_whole_is_emptied(self):
        bus.subscribers["order.lost"].append(mock.Mock())
        self.addCleanup(bus.subscribers.clear)

    def test_the_topic_is_deleted(self):
        bus.subscribers["order.new"].append(mock.Mock())
        try:
            bus.publish("order.new", 1)
        finally:
            del bus.subscribers["order.new"]

    def test_own_lists(self):
        calls = {"paid": []}
        calls["paid"].append(mock.Mock())
        self.listeners = {"paid": []}
        self.listeners["paid"].append(mock.Mock())

    def test_of_an_object(self):
        own = bus.Bus()
        own.subscribers["paid"].append(mock.Mock())
