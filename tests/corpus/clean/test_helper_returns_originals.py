import unittest
from unittest.mock import Mock

from shop import orders


def replace_all(module, names):
    originals = {}
    for name in names:
        originals[name] = getattr(module, name)
        setattr(module, name, Mock())
    return originals


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.originals = replace_all(orders, ["charge", "mail"])

    def tearDown(self):
        for name, original in self.originals.items():
            setattr(orders, name, original)

    def test_order(self):
        orders.place_order("book")
        self.assertTrue(orders.mail.called)
