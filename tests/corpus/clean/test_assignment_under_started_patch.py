"""The patchers that setUp starts put the originals back, whatever a test assigns in between."""

import os.path
import shutil
import unittest
from unittest import mock


class TestCopy(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.copy_patch = mock.patch.object(shutil, "copyfile")
        self.copy_patch.start()
        self.addCleanup(self.copy_patch.stop)
        path_patch = mock.patch.multiple(os.path, isdir=mock.DEFAULT, isfile=mock.DEFAULT)
        self.addCleanup(path_patch.stop)
        path_patch.start()

    def test_copies(self):
        shutil.copyfile = mock.Mock(return_value="copy")
        self.assertEqual(shutil.copyfile("a", "b"), "copy")

    def test_directory(self):
        os.path.isdir = mock.Mock(return_value=True)
        self.assertTrue(os.path.isdir("nowhere"))


class TestMove(unittest.TestCase):
    def setUp(self):
        self.move_patch = mock.patch("shutil.move")
        self.move_patch.start()

    def tearDown(self):
        self.move_patch.stop()

    def test_moves(self):
        shutil.move = lambda source, target: target
        self.assertEqual(shutil.move("a", "b"), "b")
