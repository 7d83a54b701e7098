import unittest
from unittest import mock


class TestShop(unittest.TestCase):
    def setUp(self):
        self.mailer = mock.Mock()

    @mock.patch("shop.charge")
    def test_names(self, charge):
        charge.called_once_with(3)  # MLK501
        charge.return_value.save.has_calls([mock.call(1)])  # MLK501
        self.mailer.send.not_called()  # MLK501
        assert charge.called_once  # MLK501
        self.assertTrue(self.mailer.send.called_with("x"))  # MLK501
        assert not charge.called_once()  # MLK501

    def test_with(self):
        with mock.patch("shop.refund") as refund:
            refund.called_with(1)  # MLK501
            refund.any_call(1)  # MLK501


def test_function(mocker):
    refund = mocker.patch("shop.refund")
    refund.called_once_with(1)  # MLK501
