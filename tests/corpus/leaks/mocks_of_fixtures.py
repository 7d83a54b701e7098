from unittest.mock import Mock

import pytest
import shop
from shop import PLUGINS


@pytest.fixture
def plugin():
    return Mock()


@pytest.fixture
def clock():
    fake = Mock(return_value=12)
    yield fake
    fake.reset_mock()


@pytest.fixture
def order():
    return shop.Order()


def test_dispatch(plugin):
    PLUGINS["audit"] = plugin  # MLK205
    assert shop.dispatch("audit")


def test_dispatch_another(plugin):
    PLUGINS["metrics"] = plugin
    try:
        assert shop.dispatch("metrics")
    finally:
        del PLUGINS["metrics"]


def test_hour(clock):
    shop.now = clock  # MLK201
    assert shop.hour() == 12


def test_order(order, plugin):
    order.plugin = plugin
    assert order.total() == 0


class TestHour:
    @pytest.fixture
    def mail(self):
        return Mock()

    def test_mail(self, mail):
        shop.mail = mail  # MLK201
        assert shop.send()
