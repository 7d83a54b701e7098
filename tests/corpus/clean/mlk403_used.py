import contextlib
import unittest
from unittest import mock

import shop

charge_patch = mock.patch("shop.charge")


def patches():
    return [mock.patch("shop.charge"), mock.patch("shop.refund")]


def make_patch():
    made = mock.patch("shop.log")
    return made


class TestShop(unittest.TestCase):
    def setUp(self):
        self.refund_patch = mock.patch("shop.refund")
        self.refund_patch.start()
        self.addCleanup(self.refund_patch.stop)

    @charge_patch
    def test_decorator(self, charge):
        charge.assert_not_called()

    def test_stack(self):
        with contextlib.ExitStack() as stack:
            for p in patches():
                stack.enter_context(p)
            stack.enter_context(make_patch())

    def test_with(self):
        log_patch = mock.patch("shop.log")
        with log_patch:
            self.assertTrue(shop)

    def test_handed_on(self):
        handed = mock.patch("shop.log")
        self.run_under(handed)

    def run_under(self, patcher):
        with patcher:
            self.assertTrue(shop)

    def test_closure(self):
        inner_patch = mock.patch("shop.log")

        def run():
            with inner_patch:
                return shop

        self.assertTrue(run())


class Client:
    def patch(self, url):
        return url


def test_other_patch(client):
    client.patch("/orders/1")
    Client().patch("/orders/2")
