import unittest
from unittest import mock

import shop


class ShopTestCase(unittest.TestCase):
    """Stops every started patch, and puts back what tests are known to replace by hand."""

    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
        self.addCleanup(setattr, shop, "price", shop.price)
        self.addCleanup(self.forget_rates)

    def forget_rates(self):
        shop.RATES = None
