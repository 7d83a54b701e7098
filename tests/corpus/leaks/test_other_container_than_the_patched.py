"""A container is patched, and another one of the same module is filled."""

import unittest
from unittest import mock

from shop import orders


class TestEntered(unittest.TestCase):
    def test_handle(self):
        with mock.patch.dict("shop.registry.HANDLERS"):
            orders.registry.DEFAULTS["tea"] = mock.Mock(return_value=1)  # MLK205
            self.assertEqual(orders.handle("tea"), 1)
