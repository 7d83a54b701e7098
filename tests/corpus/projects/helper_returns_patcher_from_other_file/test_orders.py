import unittest

from factory import charge_patch, started_charge


class TestOrders(unittest.TestCase):
    def test_declined(self):
        with charge_patch(result=False) as charge:
            charge("book")
            self.assertTrue(charge.called)


class TestMoreOrders(unittest.TestCase):
    def setUp(self):
        self.patcher = started_charge()

    def tearDown(self):
        self.patcher.stop()

    def test_nothing(self):
        self.assertIsNotNone(self.patcher)
