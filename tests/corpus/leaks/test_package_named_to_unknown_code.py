import unittest
from unittest import mock

from shop import loader
from shop.plugins import rates


class TestRates(unittest.TestCase):
    def setUp(self):
        self.plugins = loader.Loader("shop.plugins")
        rates.LOG.debug = mock.Mock()  # MLK201

    def test_loaded(self):
        self.assertTrue(self.plugins.all())
