import unittest
from unittest import mock

from shop.bank import Bank


class TestBank(unittest.TestCase):
    def test_pays(self):
        transfer = mock.Mock()
        transfer.return_value = True
        Bank.transfer = transfer  # MLK201
        self.assertTrue(Bank().pay("ada", 3))
