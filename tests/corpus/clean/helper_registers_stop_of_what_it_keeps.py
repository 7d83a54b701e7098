from unittest import mock

import shop


def replace_charge(case, amount):
    patcher = mock.patch.object(shop, "charge", return_value=amount)
    charge = patcher.start()
    case.addCleanup(patcher.stop)
    return charge


def replace_refund(case, server):
    refund = mock.patch.object(shop, "refund").start()
    case.patchers.append(refund)
    server.start()
    case.addCleanup(server.stop)
    return refund
