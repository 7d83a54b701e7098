from unittest.mock import patch

import pytest
from twisted.internet import defer
from twisted.trial import unittest


class TestDeferred(unittest.TestCase):
    @patch("shop.charge")
    @defer.inlineCallbacks
    def test_runs_until_it_waits(self, charge):
        yield charge()


@pytest.fixture
def charge():
    with patch("shop.charge") as mocked:
        yield mocked


@patch("shop.log")
def make_lines(log):
    def lines():
        yield log

    return lines()
