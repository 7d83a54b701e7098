import unittest
from unittest import mock


class PatchingTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
