from unittest import mock

import pytest
from shop import orders, stock


@pytest.fixture
def count(patcher):
    yield patcher.start()
    patcher.stop()


@pytest.fixture(name="patcher")
def make_patcher():
    return mock.patch.object(stock, "count", return_value=3)


@pytest.fixture
def patch():
    patch = pytest.MonkeyPatch()
    yield patch
    patch.undo()


@pytest.fixture
def charge_patcher():
    return mock.patch.object(orders, "charge")


def test_count(count):
    assert stock.count("book") == 3


def test_refund(patch):
    patch.setattr(orders, "refund", mock.Mock(return_value=1))
    assert orders.refund(1) == 1


def test_charge(charge_patcher):
    with charge_patcher as charge:
        orders.charge(1)
    charge.assert_called_once_with(1)


def test_charge_by_hand(charge_patcher, request):
    request.addfinalizer(charge_patcher.stop)
    charge_patcher.start()
