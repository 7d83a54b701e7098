import unittest

from shop import payments
from shop.testing import fakes
from shop.testing.fakes import FakeGateway


class TestPayment(unittest.TestCase):
    def setUp(self):
        payments.GATEWAY = fakes.FakeGateway(timeout=1)  # MLK204

    def test_by_card(self):
        payments.CARDS = FakeGateway()  # MLK204
        self.assertTrue(payments.pay(1))
