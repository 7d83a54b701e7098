import sys
from unittest import mock

import pytest

NAMES = ("acme_rates", "acme_rates.daily")


@pytest.fixture
def one_is_forgotten():
    modules = {name: mock.Mock() for name in NAMES}
    sys.modules.update(modules)  # MLK203
    yield modules
    del sys.modules["acme_rates"]


@pytest.fixture
def both():
    modules = {name: mock.Mock() for name in NAMES}
    sys.modules.update(modules)
    yield modules
    for name in modules:
        del sys.modules[name]


def test_daily(one_is_forgotten):
    assert sys.modules["acme_rates.daily"]


def test_both(both):
    assert sys.modules["acme_rates.daily"]
