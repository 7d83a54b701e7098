import unittest
from contextlib import ExitStack
from unittest import mock

import shop


class TestPrice(unittest.TestCase):
    def setUp(self):
        self.rate_patch = mock.patch("shop.rate", return_value=2)
        self.rate = self.rate_patch.start()
        self.stack = ExitStack()
        self.tax_patch = mock.patch("shop.tax")
        self.stack.enter_context(self.tax_patch)

    def tearDown(self):
        self.rate_patch.__exit__(None, None, None)
        self.tax_patch.stop()  # does nothing, nor has it to
        self.stack.close()

    def test_price(self):
        self.assertEqual(shop.price(2), 4)
