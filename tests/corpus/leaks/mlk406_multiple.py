import unittest
from unittest.mock import DEFAULT, MagicMock, patch

import shop


class TestShop(unittest.TestCase):
    @patch.multiple(shop, charge=DEFAULT, refund=MagicMock(return_value=1))
    def test_decorated(
        self,
        refund,  # MLK406
        charge,
    ):
        pass

    def test_with(self):
        with patch.multiple(shop, charge=DEFAULT, refund=MagicMock()) as mocks:
            mocks["charge"].assert_not_called()
            mocks["refund"].assert_not_called()  # MLK406

    def test_started(self):
        patcher = patch.multiple(shop, charge=DEFAULT, refund=MagicMock())
        mocks = patcher.start()
        self.addCleanup(patcher.stop)
        mocks["charge"].assert_not_called()
