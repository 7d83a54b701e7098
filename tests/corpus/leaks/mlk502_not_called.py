import unittest
from unittest import mock


class TestShop(unittest.TestCase):
    @mock.patch("shop.charge", autospec=True)
    def test_statement(self, charge):
        charge.assert_called_once  # MLK502
        charge.assert_not_called  # MLK502

    def test_asserted(self):
        mailer = mock.MagicMock()
        assert mailer.send.assert_called_once  # MLK502
        self.assertTrue(mailer.assert_called)  # MLK502
