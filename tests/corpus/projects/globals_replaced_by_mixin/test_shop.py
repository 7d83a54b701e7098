import unittest
from unittest import mock

import shop
from support import GlobalsMixin


class TestConnect(GlobalsMixin, unittest.TestCase):
    def replaced_globals(self):
        return {shop: {"ssl": mock.MagicMock()}}

    def setUp(self):
        self.context = mock.MagicMock()
        shop.ssl.create_default_context = mock.MagicMock(return_value=self.context)

    def test_connects(self):
        self.assertIs(shop.connect(), self.context)
