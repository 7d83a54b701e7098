from unittest import mock

import shop
from base import ClosedStackCase, OpenStackCase, RateCase


class TestStartedAgain(RateCase):
    def setUp(self):
        super().setUp()
        self.rate = self.patcher.start()  # MLK106

    def test_rate(self):
        assert shop.rate() == 2


class TestNeverClosed(OpenStackCase):
    def setUp(self):
        super().setUp()
        self.send = self.stack.enter_context(mock.patch("shop.send"))  # MLK101

    def test_send(self):
        shop.send()
        self.send.assert_called_once_with()


class TestClosed(ClosedStackCase):
    def setUp(self):
        super().setUp()
        self.send = self.stack.enter_context(mock.patch("shop.send"))

    def test_send(self):
        shop.send()
        self.send.assert_called_once_with()
