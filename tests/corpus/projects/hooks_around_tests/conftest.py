from unittest import mock

import pytest
import shop

_charge = shop.charge
_refund = shop.refund


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    with mock.patch.dict("shop.RATES"):
        yield
    mock.patch.stopall()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    try:
        return (yield)
    finally:
        shop.charge = _charge


def pytest_runtest_makereport(item, call):
    if call.when == "teardown":
        shop.refund = _refund
