from contextlib import contextmanager
from unittest.mock import patch

import pytest
from twisted.internet import defer
from twisted.trial import unittest


@pytest.fixture(scope="module")
@patch("shop.charge")  # MLK402
def charge(charge):
    yield charge


@contextmanager
@patch("shop.refund", new=3)  # MLK402
def no_refund():
    try:
        yield
    finally:
        pass


@patch("shop.log")  # MLK402
async def lines(log):
    yield log


class TestDeferred(unittest.TestCase):
    @defer.inlineCallbacks
    @patch("shop.charge")  # MLK402
    def test_runs_later(self, charge):
        yield charge()
