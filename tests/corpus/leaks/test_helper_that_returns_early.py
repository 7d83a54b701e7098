import unittest
from unittest import mock

import shop


class TestCancel(unittest.TestCase):
    def run_cancel(self, invoice):
        refund_patch = mock.patch.object(shop.Gateway, "refund")
        refund = refund_patch.start()  # MLK101
        if not invoice.paid:
            return None
        shop.cancel(invoice)
        refund_patch.stop()
        return refund

    def test_unpaid(self):
        self.assertIsNone(self.run_cancel(shop.Invoice(5)))

    def test_paid(self):
        self.run_cancel(shop.Invoice(0)).assert_called_once_with()
