import unittest

import till
from tests.mixins import EndsAll, EndsTheCharge, FreeOfCharge, FreeOfChargeForTheClass


class FreeTest(FreeOfCharge, unittest.TestCase):  # MLK101
    def test_free(self):
        self.assertEqual(till.charge(3), 0)


class FreeClassTest(FreeOfChargeForTheClass, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()  # MLK101
        cls.amount = 4

    def test_free(self):
        self.assertEqual(till.charge(self.amount), 0)


class EndedByAnotherTest(FreeOfCharge, EndsTheCharge, unittest.TestCase):
    def test_free(self):
        self.assertEqual(till.charge(3), 0)


class EndedByAllTest(FreeOfCharge, EndsAll, unittest.TestCase):
    def test_free(self):
        self.assertEqual(till.charge(3), 0)


class EndedHereTest(FreeOfCharge, unittest.TestCase):
    def tearDown(self):
        self.charge.stop()
        super().tearDown()

    def test_free(self):
        self.assertEqual(till.charge(3), 0)


class EndedByRunTest(FreeOfCharge, unittest.TestCase):
    def run(self, result=None):
        try:
            super().run(result)
        finally:
            self.charge.stop()

    def test_free(self):
        self.assertEqual(till.charge(3), 0)


class NotSetUpTest(FreeOfCharge, unittest.TestCase):
    def setUp(self):
        self.amount = 3

    def test_not_free(self):
        self.assertEqual(till.charge(self.amount), 3)


class FreeBase(FreeOfCharge):
    pass
