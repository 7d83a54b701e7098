import unittest
from unittest import mock

from shop.guest import Guest


class TestGuest(unittest.TestCase):
    def setUp(self):
        original = Guest.prepare
        Guest.prepare = mock.Mock()
        self.addCleanup(setattr, Guest, "prepare", original)

    def test_create(self):
        Guest().create()
        Guest.prepare.assert_called_once_with()
