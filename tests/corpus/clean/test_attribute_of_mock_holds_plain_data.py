"""What was assigned to the attribute of a mock is no mock, and neither is a copy of it."""

import unittest
from copy import deepcopy
from unittest import mock

from shop import constants


class TestPools(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.conf = mock.Mock()
        self.conf.pools = constants.POOLS

    def test_without_address(self):
        before = deepcopy(self.conf.pools)
        self.conf.pools[0]["address"] = []
        self.assertEqual(constants.POOLS[0]["address"], [])
        constants.POOLS = before
