from unittest import mock

import till
from hooks import setup_function, teardown_function


def test_charge():
    till.charge = mock.Mock(return_value=1)
    assert till.charge() == 1


def test_refund():
    till.refund = mock.Mock(return_value=1)  # MLK201
    assert till.refund() == 1
