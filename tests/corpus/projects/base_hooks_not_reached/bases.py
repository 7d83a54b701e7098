import unittest
from unittest import mock


class StopsInTearDown(unittest.TestCase):
    def tearDown(self):
        mock.patch.stopall()
        super().tearDown()


class StopsByCleanup(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)


class NoTearDown(StopsInTearDown):
    def tearDown(self):
        self.order = None


class StopMixin:
    def tearDown(self):
        mock.patch.stopall()
        super().tearDown()
