import unittest
from unittest import mock


class TestOrders(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.charge")
        self.charge = self.patcher.start()  # MLK101
        self.count_patcher = mock.patch("shop.count")
        self.count_patcher.start()  # MLK101

    def tearDown(self):
        if self.charge is None:
            self.patcher.stop()
        if not self.count_patcher:
            self.count_patcher.stop()

    def test_charges(self):
        self.charge.assert_not_called()
