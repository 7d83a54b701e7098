import unittest
from unittest import mock


class ShopTestCase(unittest.TestCase):
    def stop_loading(self):
        self.loader.stop()

    def load_nothing(self):
        self.loader = mock.patch("shop.plugins.load")
        self.load = self.loader.start()


class TestPlugins(ShopTestCase):
    def setUp(self):
        self.load_nothing()

    def tearDown(self):
        self.stop_loading()

    def test_nothing_is_loaded(self):
        self.assertEqual(self.load.return_value, self.load())
