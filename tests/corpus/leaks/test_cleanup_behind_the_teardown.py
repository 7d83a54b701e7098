import unittest
from unittest import mock

import shop


class TestLine(unittest.TestCase):
    def setUp(self):
        self.default = mock.patch("shop.now", return_value="dry")
        self.default.start()

    def tearDown(self):
        self.default.stop()

    def test_snow(self):
        snow = mock.patch("shop.now", return_value="snow")
        self.addCleanup(snow.stop)  # MLK110
        snow.start()
        self.assertEqual(shop.line(), "It is snow.")


class TestScale(unittest.TestCase):
    def setUp(self):
        self.__class__.real_read = shop.read
        shop.read = mock.Mock(return_value=100)

    @classmethod
    def tearDownClass(cls):
        shop.read = cls.real_read  # MLK208

    def test_net(self):
        self.assertEqual(shop.net(20), 80)
