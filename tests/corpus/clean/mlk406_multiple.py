import unittest
from unittest.mock import DEFAULT, MagicMock, patch

import shop


class TestShop(unittest.TestCase):
    @patch.multiple(shop, charge=DEFAULT, refund=MagicMock(return_value=1))
    def test_decorated(self, charge):
        charge.assert_not_called()

    def test_with(self):
        with patch.multiple(shop, charge=DEFAULT, refund=DEFAULT, log=MagicMock()) as mocks:
            mocks["charge"].assert_not_called()
            mocks["refund"].assert_not_called()

    def test_other_dict(self):
        with patch.multiple(shop, charge=DEFAULT, refund=MagicMock()):
            mocks = {"refund": 1}
            self.assertEqual(mocks["refund"], 1)
