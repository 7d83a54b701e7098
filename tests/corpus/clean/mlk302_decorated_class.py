import unittest
from unittest import mock

import shop


@mock.patch("shop.charge", new_callable=mock.Mock)
@mock.patch("time.sleep", new=mock.Mock())  # nobody looks at it
@mock.patch("shop.limit", new=3)
class TestShop(unittest.TestCase):
    def test_charge(self, charge):
        charge.assert_not_called()

    def test_refund(self, charge):
        self.assertEqual(shop.limit, 3)

    @mock.patch("shop.refund", new=mock.Mock())
    def test_one_test_has_its_own(self, charge):
        shop.refund.assert_not_called()
