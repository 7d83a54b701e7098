import sys
import unittest
from unittest import mock


class TestGpio(unittest.TestCase):
    @mock.patch.dict(sys.modules)
    def test_blink(self):
        gpio = mock.Mock()
        sys.modules["RPi"] = mock.Mock(GPIO=gpio)
        sys.modules["RPi.GPIO"] = gpio
        from shop.lamp import blink

        blink(times=2)
        self.assertEqual(gpio.output.call_count, 4)
