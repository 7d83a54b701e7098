import unittest
from unittest import mock

import pytest
from shop import orders, stock


class TestCount(unittest.TestCase):
    def test_count(self):
        patcher = mock.patch.object(stock, "count", return_value=3)
        count = patcher.start()  # MLK102
        self.assertEqual(stock.count("book"), 3)
        self.addCleanup(patcher.stop)
        count.assert_called_once_with("book")


@pytest.fixture
def charge(request):
    patcher = mock.patch.object(orders, "charge")
    charge = patcher.start()  # MLK102
    assert orders.charge is charge
    request.addfinalizer(patcher.stop)
    return charge


def test_charge(charge):
    orders.charge(1)
    charge.assert_called_once_with(1)
