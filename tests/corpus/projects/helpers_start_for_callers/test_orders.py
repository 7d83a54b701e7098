import unittest
from unittest import mock

from helpers import CleanPatchMixin, PatchMixin, begin, begin_listed, charge_mock, end_listed


class TestMixin(PatchMixin, unittest.TestCase):
    def test_charges(self):
        charge = self.start_patch("shop.charge", return_value=3)  # MLK101
        charge.assert_not_called()


class TestMixinThatCleansUp(CleanPatchMixin, unittest.TestCase):
    def test_charges(self):
        charge = self.start_patch("shop.charge")
        charge.assert_not_called()


class TestFunction(unittest.TestCase):
    def setUp(self):
        self.charge = begin("shop.charge")  # MLK101


class TestFunctionOfOneTarget(unittest.TestCase):
    def setUp(self):
        self.charge = charge_mock()  # MLK101


class TestNobodyEndsTheList(unittest.TestCase):
    def setUp(self):
        self.charge = begin_listed("shop.charge")  # MLK101


class TestListIsEnded(unittest.TestCase):
    def setUp(self):
        self.addCleanup(end_listed)
        self.charge = begin_listed("shop.charge")


class TestStopsAll(unittest.TestCase):
    def setUp(self):
        self.addCleanup(mock.patch.stopall)
        self.charge = begin("shop.charge")
        self.count = charge_mock()


class TestStopsAllLast(PatchMixin, unittest.TestCase):
    def setUp(self):
        self.charge = self.start_patch("shop.charge")

    def tearDown(self):
        mock.patch.stopall()
