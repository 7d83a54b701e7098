import unittest
from unittest.mock import MagicMock, Mock

from shop.guest import Guest


class TestGuest(unittest.TestCase):
    def setUp(self):
        self.guest = Guest("vm-1")
        self.guest.prepare = Mock(return_value=None)
        self.guest._client = MagicMock()

    def test_create(self):
        self.guest.create()
        self.guest.prepare.assert_called_once_with()

    def test_rename(self):
        other = Guest("vm-2")
        setattr(other, "save", Mock())
        other.rename("vm-3")
        other.save.assert_called_once_with()
