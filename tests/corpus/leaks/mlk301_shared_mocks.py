import unittest
from unittest import mock

session = mock.MagicMock()  # MLK301


class TestShop(unittest.TestCase):
    mailer = mock.Mock()  # MLK301

    def test_mail(self):
        self.mailer.send("x")
        self.mailer.send.assert_called_once_with("x")
        session.get.return_value = 3

    def test_mail_again(self):
        self.mailer.send("y")
        self.assertEqual(self.mailer.send.call_count, 1)
        self.assertEqual(session.get(), 3)
