import unittest
from unittest import mock

import ddt


@ddt.ddt
class TestFiles(unittest.TestCase):
    @mock.patch("os.path.exists")
    @mock.patch("os.remove")
    def test_right(self, mock_remove, mock_exists):
        mock_exists.return_value = True

    @mock.patch("shop.orders.get")
    @mock.patch("shop.users.get")
    def test_same_last_name(self, orders_get, users_get):
        users_get.assert_not_called()

    @mock.patch("shop.charge")
    @mock.patch("shop.refund")
    def test_plain_names(self, first, second):
        first.assert_not_called()

    @mock.patch("shop.charge")
    @mock.patch("shop.refund")
    def test_one_name_alike(self, charge, other):
        charge.assert_not_called()

    @mock.patch("shop.log", new=print)
    @mock.patch("shop.charge")
    @mock.patch.dict("os.environ")
    @mock.patch("shop.refund")
    def test_between(self, refund, charge):
        charge.assert_not_called()

    @ddt.data("a", "b")
    @mock.patch("shop.charge")
    @mock.patch("shop.refund")
    def test_data_first(self, amount, refund, charge):
        charge.assert_not_called()

    @mock.patch("shop.charge")
    @mock.patch("shop.refund")
    def _check(self, amount, refund, charge):
        charge.assert_not_called()

    def test_check(self):
        self._check(3)

    @mock.patch("shop.info")
    @mock.patch("shop.run")
    @mock.patch("shop.check")
    @mock.patch("shop.LOG.info")
    def test_named_after_another_place(self, info_log, checked, mock_run, mock_info):
        mock_run.assert_not_called()

    @mock.patch("shop.save")
    @mock.patch("shop._clean_volumes")
    def _check_exceptions(self, mock_clean, mock_save, clean_volumes=False):
        mock_save.assert_not_called()
