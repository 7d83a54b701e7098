import unittest
from unittest import mock

from shop.guest import Guest


class TestGuest(unittest.TestCase):
    def test_create(self):
        Guest.prepare = mock.Mock(return_value=None)  # MLK201
        Guest().create()
        Guest.prepare.assert_called_once_with()

    def test_delete(self):
        guest = Guest()
        self.assertTrue(guest.delete())
