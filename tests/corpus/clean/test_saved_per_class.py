import unittest
from unittest import mock

import shop


class TestLine(unittest.TestCase):
    def setUp(self):
        self.default = mock.patch("shop.now", return_value="dry")
        self.default.start()
        self.addCleanup(self.default.stop)

    def test_snow(self):
        snow = mock.patch("shop.now", return_value="snow")
        snow.start()
        self.addCleanup(snow.stop)
        self.assertEqual(shop.line(), "It is snow.")


class TestScale(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.real_read = shop.read

    def setUp(self):
        shop.read = mock.Mock(return_value=100)

    @classmethod
    def tearDownClass(cls):
        shop.read = cls.real_read

    def test_net(self):
        self.assertEqual(shop.net(20), 80)
