import unittest

from shop import gateway
from tests.fakes import FakeProcessor


class TestCharge(unittest.TestCase):
    def setUp(self):
        self.processor = FakeProcessor()
        self.processor.install()
        self.addCleanup(self.processor.uninstall)

    def test_charge(self):
        gateway.submit("charge", 5)
        self.assertEqual([("charge", 5)], self.processor.submitted)


class TestRefund(unittest.TestCase):
    def setUp(self):
        self.processor = FakeProcessor()
        self.processor.install()  # MLK101

    def test_refund(self):
        gateway.submit("refund", 7)
        self.assertEqual([("refund", 7)], self.processor.submitted)
