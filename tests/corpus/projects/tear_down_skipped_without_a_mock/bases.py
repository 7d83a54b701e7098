import unittest
from unittest import mock


class PaymentTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.patcher = mock.patch("shop.payment.charge", return_value="paid")
        self.patcher.start()

    def tearDown(self):
        self.patcher.stop()
        super().tearDown()
