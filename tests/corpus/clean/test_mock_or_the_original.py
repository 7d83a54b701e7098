import sys
import unittest
from unittest import mock

from shop import services


class TestServices(unittest.TestCase):
    def setUp(self):
        self.real = services.start
        services.start = mock.Mock() if sys.platform == "win32" else self.real

    def tearDown(self):
        services.start = self.real

    def test_mock_or_original(self):
        services.stop = mock.Mock() if sys.platform == "win32" else services.real_stop
        self.assertIsNotNone(services.stop)
