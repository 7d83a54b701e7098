from unittest import mock

import shop


def fake_rate(price):
    return 3


class FakeTill:
    def pay(self):
        return True


def begin():
    return mock.patch("shop.rate").start()


def without_rates():
    shop.rate = fake_rate


def without_till():
    shop.Till = FakeTill


def silent():
    shop.send = lambda: None


def silent_for_a_while():
    original = shop.send
    shop.send = lambda: None
    return original
