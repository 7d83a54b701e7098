import unittest

from shop import payments
from shop.gateways import Gateway
from shop.testing import fakes


class TestPayment(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, payments, "GATEWAY", payments.GATEWAY)
        payments.GATEWAY = fakes.FakeGateway(timeout=1)

    def test_real_one_with_fake_data(self):
        payments.CARDS = Gateway(fakes.FAKE_DATA)
        payments.RECORD = fakes.fake_record()
        self.assertTrue(payments.pay(1))
