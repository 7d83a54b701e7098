from unittest import mock

import pytest
from shop import orders, stock


@pytest.fixture
def count_patcher():
    patcher = mock.patch.object(stock, "count", return_value=3)
    patcher.start()  # MLK101
    return patcher


@pytest.fixture
def charge_patcher():
    patcher = mock.patch.object(orders, "charge")
    patcher.start()  # MLK102
    yield patcher


@pytest.fixture
def patch():
    return pytest.MonkeyPatch()


def test_count(count_patcher):
    assert stock.count("book") == 3


def test_charge(charge_patcher):
    orders.charge(1)
    orders.charge.assert_called_once_with(1)
    charge_patcher.stop()


def test_refund(patch):
    patch.setattr(orders, "refund", mock.Mock(return_value=1))  # MLK101
    assert orders.refund(1) == 1
