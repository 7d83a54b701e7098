import unittest
from unittest import mock


class Base(unittest.TestCase):
    def setUp(self):
        self.patchers = {"rate": mock.patch("shop.rate"), "price": mock.patch("shop.price")}


class SafeBase(Base):
    def tearDown(self):
        for patcher in self.patchers.values():
            patcher.stop()
