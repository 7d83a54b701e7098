import tempfile

from bases import PaymentTestCase
from shop import payment


class TestReceipt(PaymentTestCase):
    def setUp(self):
        super().setUp()
        self.receipt = tempfile.NamedTemporaryFile()

    def tearDown(self):  # MLK101
        self.receipt.close()

    def test_receipt(self):
        payment.charge(100, self.receipt)


class TestCharge(PaymentTestCase):
    def test_charge(self):
        assert payment.charge(100) == "paid"
