import unittest
from unittest import mock

from shop import Receipt


class TestShop(unittest.TestCase):
    def test_called(self):
        mailer = mock.Mock()
        mailer.assert_not_called()
        self.assertRaises(AssertionError, mailer.assert_called_once)
        check = mailer.assert_not_called
        check()
        self.addCleanup(mailer.assert_not_called)

    def test_other_object(self):
        receipt = Receipt()
        receipt.assert_called
        assert receipt.assert_called_once()
