import sys
import unittest
from unittest import mock


class TestGpio(unittest.TestCase):
    def setUp(self):
        sys.modules["smbus"] = mock.Mock()
        self.addCleanup(sys.modules.pop, "smbus", None)

    def test_reads(self):
        from shop.sensor import read

        self.assertIsNotNone(read(1))
