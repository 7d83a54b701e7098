from unittest import mock

import shop


def replace_charge(case, amount):
    charge = mock.patch.object(shop, "charge", return_value=amount).start()
    case.addCleanup(charge.stop)  # MLK109
    return charge
