"""The patch of the class attribute restores what is assigned through the type of an instance."""

import unittest
from unittest import mock

from shop.policies import POLICIES


class TestQuorum(unittest.TestCase):
    def test_quorum(self):
        policy = POLICIES[3]
        with mock.patch("shop.policies.Policy.quorum"):
            type(policy).quorum = mock.PropertyMock(return_value=2)
            self.assertEqual(policy.quorum, 2)

    @mock.patch("shop.policies.Policy.limit")
    def test_limit(self, limit):
        policy = POLICIES[4]
        type(policy).limit = mock.PropertyMock(return_value=3)
        self.assertEqual(policy.limit, 3)
