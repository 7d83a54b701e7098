import unittest
from unittest import mock

from shop import disk


class TestDisk(unittest.TestCase):
    real = False

    def setUp(self):
        if not self.real:
            self.patcher = mock.patch.object(disk, "mount")
            self.patcher.start()

    def tearDown(self):
        if not self.real:
            self.patcher.stop()

    def test_attach(self):
        self.assertTrue(disk.attach("/dev/sdb"))
