import unittest
from unittest import mock

import bus
from bus import HOOKS


class TestPublish(unittest.TestCase):
    def test_the_listener_stays(self):
        listener = mock.Mock()
        bus.subscribers["order.paid"].append(listener)  # MLK205
        bus.publish("order.paid", 1)
        listener.assert_called_once_with(1)

    def test_the_hook_stays(self):
        HOOKS["paid"].insert(0, mock.Mock())  # MLK205
        bus.publish("order.paid", 1)
