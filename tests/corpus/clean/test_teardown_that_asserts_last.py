import unittest
from unittest import mock

import pytest
import shop


class TestPublish(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.publish")
        self.publish = self.patcher.start()
        self.assertIs(shop.publish, self.publish)

    def tearDown(self):
        self.patcher.stop()
        self.assertEqual(self.publish.call_count, 1)

    def test_draft(self):
        shop.save({}, draft=True)
        self.assertTrue(self.publish.called)


class TestSend(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.send")
        self.send = self.patcher.start()

    def tearDown(self):
        try:
            self.assertEqual(self.send.call_count, 1)
        finally:
            self.patcher.stop()

    def test_send(self):
        shop.send()


@pytest.fixture
def charge():
    patcher = mock.patch("shop.charge")
    fake = patcher.start()
    try:
        yield fake
        fake.assert_called_once_with(3)
    finally:
        patcher.stop()


def test_charge(charge):
    shop.pay(3)
