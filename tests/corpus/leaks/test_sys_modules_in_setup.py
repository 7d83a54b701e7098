import sys
import unittest
from unittest.mock import Mock


class TestGpio(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        sys.modules["RPi"] = Mock()  # MLK203
        sys.modules["RPi.GPIO"] = Mock()  # MLK203

    def test_blink(self):
        from shop.lamp import blink

        blink(times=2)
        self.assertEqual(sys.modules["RPi.GPIO"].output.call_count, 4)
