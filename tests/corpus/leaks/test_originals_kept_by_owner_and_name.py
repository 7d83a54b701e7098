import unittest
from unittest import mock

import bank
import shop


class TestOrder(unittest.TestCase):
    def setUp(self):
        self.originals = {}
        for module, name in ((shop, "run"), (bank, "charge")):
            self.originals[module, name] = getattr(module, name)
            setattr(module, name, mock.Mock())
        shop.post = mock.Mock()  # MLK201

    def tearDown(self):
        for (module, name), original in self.originals.items():
            setattr(module, name, original)

    def test_order(self):
        self.assertTrue(shop.order("tea"))
