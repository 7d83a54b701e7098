import copy
import json
import unittest
from unittest import mock

import fake_actions


class TestActions(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.fake_actions = copy.deepcopy(fake_actions.FAKE_ACTIONS)
        self.fake_events = copy.deepcopy(fake_actions.FAKE_EVENTS)
        self.request = mock.Mock()

    @mock.patch("json.dumps")
    def test_events(self, dumps):
        self.request.version = json.loads("2")
        fake_action = self.fake_actions[fake_actions.FAKE_ID]["request1"]
        fake_events = self.fake_events[fake_action["id"]]
        fake_action["events"] = fake_events
        self.assertEqual(fake_action["events"], fake_events)
