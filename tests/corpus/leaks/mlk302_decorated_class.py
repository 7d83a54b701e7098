import unittest
from unittest import mock

import shop


@mock.patch("shop.charge", mock.Mock())  # MLK302
@mock.patch.object(shop, "refund", new=mock.MagicMock(return_value=3))  # MLK302
class TestShop(unittest.TestCase):
    def test_charge(self):
        shop.charge.assert_not_called()
        shop.refund.return_value = 4

    def test_refund(self):
        self.assertEqual(shop.refund(), 3)
