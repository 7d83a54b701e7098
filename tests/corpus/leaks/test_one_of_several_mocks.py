import sys
import unittest
from unittest import mock

from shop import services


def _enabled():
    if sys.platform == "win32":
        return mock.Mock(return_value=True)
    return mock.Mock(return_value=False)


def _disabled():
    if sys.platform == "win32":
        return mock.Mock(return_value=True)
    return lambda name: False


services.is_enabled = _enabled()  # MLK201


class TestServices(unittest.TestCase):
    def test_disabled(self):
        services.is_disabled = _disabled()  # MLK204
        self.assertFalse(services.is_disabled("sshd"))
