import unittest
from unittest import mock
from unittest.mock import DEFAULT, patch

import ddt
from parameterized import parameterized


@patch("shop.log")
class TestCounts(unittest.TestCase):
    @patch("shop.charge")
    @patch("shop.refund")
    def test_all(self, refund, charge, log):
        refund.assert_not_called()

    @patch("shop.charge")
    def test_any_number(self, *mocks):
        self.assertEqual(len(mocks), 2)

    @patch("shop.charge")
    def test_default(self, charge, log, amount=3):
        charge.assert_not_called()

    @patch("shop.charge", new=mock.Mock())
    @patch("shop.refund", new_callable=mock.PropertyMock)
    def test_given_and_made(self, refund, log):
        refund.assert_not_called()

    @patch.multiple("shop", charge=DEFAULT, refund=DEFAULT)
    def test_multiple(self, log, charge, refund):
        refund.assert_not_called()

    @patch.multiple("shop", charge=DEFAULT, refund=DEFAULT)
    def test_multiple_by_name(self, log, **mocks):
        self.assertEqual(len(mocks), 2)

    @patch("shop.charge")
    @staticmethod
    def test_static(charge, log):
        charge.assert_not_called()

    @parameterized.expand([(1, 2)])
    @patch("shop.charge")
    def test_expanded(self, amount, total, charge, log):
        charge.assert_not_called()

    @unittest.skipIf(True, "not today")
    @patch("shop.charge", **{"return_value": 3})
    def test_open_arguments(self, charge):
        charge.assert_not_called()

    def helper(self, amount):
        return amount

    @patch("shop.charge")
    def _check(self, amount, charge):
        charge.assert_not_called()


@ddt.ddt
class TestData(unittest.TestCase):
    @ddt.data(1, 2)
    @patch("shop.charge")
    def test_data(self, amount, charge):
        charge.assert_not_called()


def with_account(test):
    def wrapper(self, *args):
        return test(self, "account", *args)

    return wrapper


class TestOwnDecorator(unittest.TestCase):
    @with_account
    @patch("shop.charge")
    def test_account(self, account, charge):
        charge.assert_not_called()
