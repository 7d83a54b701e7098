import unittest
from unittest.mock import Mock, patch

from shop import Shop


class TestShop(unittest.TestCase):
    @patch("shop.Client")
    def setUp(self, client):
        # The shop takes its client while it is made, and keeps it.
        self.client = client.return_value
        self.client_class = client
        self.shop = Shop()

    @patch("shop.Client")
    def test_decorated_test(self, client):
        self.client_in_test = client


class TestOther(unittest.TestCase):
    @patch("shop.setting", new=3)
    def setUp(self):
        self.mailer = Mock()

    @patch("shop.charge")
    def tearDown(self, charge):
        self.charge = charge


class TestMockUsedWithin(unittest.TestCase):
    @patch("shop.charge")
    def setUp(self, charge):
        charge.return_value = 1
        self.amount = 3
