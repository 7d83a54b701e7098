import functools
import importlib
import unittest
from unittest import mock

import shop
import till

_absent = object()


def rated(mocker):
    mocker.patch.dict("shop.RATES", {"usd": mocker.Mock()})


def recorded():
    price, send = shop.price, shop.send
    log = mock.Mock()
    shop.price, shop.send = log.price, log.send
    yield log
    shop.price, shop.send = price, send


def stubbed():
    """Return the mock and what puts all back."""
    steps = [functools.partial(setattr, shop, "price", shop.price)]
    shop.price = mock.Mock(return_value=1)
    steps.append(functools.partial(shop.RATES.pop, "eur", None))
    return shop.price, lambda: [step() for step in steps]


class ReloadingTestCase(unittest.TestCase):
    def tearDown(self):
        for module in (till, shop):
            importlib.reload(module)


class JournalTestCase(unittest.TestCase):
    def setUp(self):
        self.journal = []
        self.addCleanup(self.rewind)

    def replace(self, owner, name, value):
        self.journal.append((owner, name, vars(owner).get(name, _absent)))
        setattr(owner, name, value)
        return value

    def rewind(self):
        while self.journal:
            owner, name, value = self.journal.pop()
            if value is _absent:
                delattr(owner, name)
            else:
                setattr(owner, name, value)
