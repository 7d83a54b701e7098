import unittest
from unittest import mock
from unittest.mock import MagicMock


def make_shop(name, mailer=MagicMock(), *, clock=mock.Mock(return_value=3)):  # MLK303, MLK303
    return name, mailer, clock


class TestShop(unittest.TestCase):
    def check(self, amount, charge=mock.AsyncMock()):  # MLK303
        return amount, charge
