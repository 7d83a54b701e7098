import unittest
from unittest import mock

import pytest
import shop


class TestPublish(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.publish")
        self.publish = self.patcher.start()  # MLK102
        self.expected = 0

    def tearDown(self):
        self.assertEqual(self.publish.call_count, self.expected)
        self.patcher.stop()

    def test_draft(self):
        shop.save({}, draft=True)


@pytest.fixture
def charge():
    patcher = mock.patch("shop.charge")
    fake = patcher.start()  # MLK102
    yield fake
    fake.assert_called_once_with(3)
    patcher.stop()


def test_charge(charge):
    shop.pay(3)
