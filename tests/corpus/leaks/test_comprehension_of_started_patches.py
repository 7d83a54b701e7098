import unittest
from unittest.mock import patch

NAMES = ["read", "write", "sync"]


class TestDevice(unittest.TestCase):
    def setUp(self):
        self.mocks = {name: patch("shop.device." + name).start() for name in NAMES}  # MLK101

    def test_flush(self):
        from shop.device import flush

        flush()
        self.mocks["sync"].assert_called_once_with()
