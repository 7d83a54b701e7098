from contextlib import ExitStack, contextmanager
from unittest import mock
from unittest.mock import Mock

import shop


def fake_prices(*prices):
    patcher = mock.patch("shop.prices")
    prices_mock = patcher.start()
    prices_mock.return_value = prices
    return prices_mock


def freeze(at):
    patcher = mock.patch("time.time", return_value=at)
    patcher.start()
    return patcher


def freeze_for(case, at):
    patcher = mock.patch("time.time", return_value=at)
    patcher.start()
    case.addCleanup(patcher.stop)


def good_weather():
    stack = ExitStack()
    stack.enter_context(mock.patch("shop.weather.rain", return_value=0))
    return stack


def silence(cls):
    saved = {}
    for name in ("ring", "flash"):
        saved[name] = getattr(cls, name)
        setattr(cls, name, Mock())
    return saved


def restore(cls, saved):
    for name in ("ring", "flash"):
        setattr(cls, name, saved[name])


@contextmanager
def closed():
    with mock.patch("shop.is_open", return_value=False):
        yield


def charge_quietly():
    patcher = mock.patch("shop.charge")
    patcher.start()  # MLK102
    count([])
    patcher.stop()


def no_receipts():
    shop.receipts = Mock()  # MLK201


def quiet(client):
    client_mock = mock.patch.object(client, "send").start()
    client_mock.return_value = None


def count(items):
    return len(items)
