"""A container is patched by its own path, and filled through a module that imports its module."""

import unittest
from unittest import mock

from shop import orders


class TestStarted(unittest.TestCase):
    def setUp(self):
        handlers = mock.patch.dict("shop.registry.HANDLERS")
        handlers.start()
        self.addCleanup(handlers.stop)

    def test_handle(self):
        orders.registry.HANDLERS["tea"] = mock.Mock(return_value=1)
        self.assertEqual(orders.handle("tea"), 1)


class TestEntered(unittest.TestCase):
    def test_handle(self):
        with mock.patch.dict("shop.registry.HANDLERS"):
            orders.registry.HANDLERS["tea"] = mock.Mock(return_value=1)
            self.assertEqual(orders.handle("tea"), 1)
