import unittest
from unittest import mock


class TestFiles(unittest.TestCase):
    @mock.patch("os.path.exists")
    @mock.patch("os.remove")
    def test_prefixes(self, mock_exists, mock_remove):  # MLK405
        mock_exists.return_value = True

    @mock.patch.object(unittest, "skip")
    @mock.patch.object(unittest, "skipIf")
    def test_objects(self, skip, skip_if):  # MLK405
        skip.assert_not_called()

    @mock.patch("shop.EmailClient")
    @mock.patch("shop.charge")
    @mock.patch("shop.refund")
    def test_rotated(self, charge_mock, email_client_mock, refund_mock):  # MLK405
        refund_mock.assert_not_called()


@mock.patch("shop.charge")
class TestClass(unittest.TestCase):
    @mock.patch("shop.refund")
    def test_class_comes_last(self, mock_charge, mock_refund):  # MLK405
        mock_refund.assert_not_called()


class TestLongerNames(unittest.TestCase):
    @mock.patch("shop.path.exists")
    @mock.patch("shop.rate")
    def test_path(self, mock_path_exists, mock_rate):  # MLK405
        mock_path_exists.return_value = True

    @mock.patch("shop.path.exists")
    @mock.patch("shop.rate")
    def test_right(self, mock_rate, mock_path_exists):
        mock_path_exists.return_value = True
