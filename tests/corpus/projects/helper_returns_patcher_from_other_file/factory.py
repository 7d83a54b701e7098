from unittest import mock


def charge_patch(result=True):
    return mock.patch("shop.orders.charge", return_value=result)


def started_charge():
    patcher = charge_patch()
    patcher.start()
    return patcher
