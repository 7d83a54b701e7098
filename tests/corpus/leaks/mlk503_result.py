import unittest
from unittest import mock


class TestShop(unittest.TestCase):
    def test_result(self):
        mailer = mock.Mock()
        assert mailer.send.assert_called_once()  # MLK503
        assert not mailer.send.assert_called_with(1)  # MLK503
        self.assertTrue(mailer.send.assert_called_with(1))  # MLK503
        self.assertIsNone(mailer.send.assert_called_with(1))  # MLK503
        assert mailer.send.assert_any_call(1) and mailer.send.called  # MLK503
