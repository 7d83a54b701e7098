import unittest
from unittest import mock

only_passed = mock.Mock()
reset = mock.Mock()
used_by_one = mock.Mock()
configured_at_once = mock.Mock(return_value=3)
configured_at_once.name.return_value = "x"
rebound = mock.Mock()


class TestShop(unittest.TestCase):
    mailer = mock.Mock()

    def setUp(self):
        global rebound
        rebound = mock.Mock()
        reset.reset_mock()
        self.mailer = mock.Mock()

    def test_mail(self):
        self.mailer.send.assert_not_called()
        reset.assert_not_called()
        rebound.assert_not_called()
        self.assertTrue(only_passed)
        self.assertEqual(configured_at_once(), 3)
        used_by_one.assert_not_called()

    def test_mail_again(self):
        self.mailer.send.assert_not_called()
        reset.assert_not_called()
        rebound.assert_not_called()
        self.assertTrue(only_passed)
        self.assertEqual(configured_at_once(), 3)


def test_shadowed():
    only_passed = mock.Mock()
    only_passed.send.return_value = 3
