import unittest
from unittest.mock import patch

import pytest


class TestShop(unittest.TestCase):
    @patch("shop.charge")  # MLK401
    def setUp(self, charge):
        super().setUp()
        charge.return_value = 3
        self.charge = charge

    def test_charge(self):
        self.charge.assert_not_called()


class TestOthers(unittest.TestCase):
    @classmethod
    @patch("shop.refund")  # MLK401
    def setUpClass(cls, refund):
        cls.refund = refund

    def test_refund(self):
        self.refund.assert_not_called()


@pytest.fixture
@patch("shop.log")  # MLK401
def log(log):
    return log


class TestPlain:
    @patch("shop.charge")  # MLK401
    def setup_method(self, method_or_mock):
        self.charge = method_or_mock

    def test_charge(self):
        self.charge.assert_not_called()


class TestSetupMethod:
    @patch("shop.charge")  # MLK401
    def setup_method(self, method, charge):
        self.charge = charge

    def test_charge(self):
        self.charge.assert_not_called()
