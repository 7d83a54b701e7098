"""A test stops a patch of setUp and has it started again afterwards, for the cleanup of the base class."""

import unittest
from unittest import mock


class TestLoad(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
        self.import_patch = mock.patch("importlib.import_module")
        self.import_patch.start()

    def test_real_import(self):
        self.import_patch.stop()
        self.addCleanup(self.import_patch.start)
        self.assertTrue(self.id())
