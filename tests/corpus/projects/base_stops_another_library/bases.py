import unittest
from unittest import mock


class ShopTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)


class OrderTestCase(ShopTestCase):
    pass
