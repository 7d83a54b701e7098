import unittest
from unittest.mock import create_autospec

from shop import bank


class TestBank(unittest.TestCase):
    def setUp(self):
        self.transfer = create_autospec(bank.transfer, return_value=True)
        bank.transfer = self.transfer  # MLK201

    def test_pays(self):
        bank.pay("ada", 3)
        self.transfer.assert_called_once_with("ada", 3)
