import unittest
from unittest.mock import Mock

from shop import disk


class TestDisk(unittest.TestCase):
    def setUp(self):
        self.orig_mount = disk.mount
        self.orig_umount = disk.umount
        disk.mount = Mock()
        disk.umount = Mock()

    def tearDown(self):
        disk.mount = self.orig_mount
        disk.umount = self.orig_umount

    def test_mounts(self):
        disk.attach("/dev/sdb")
        disk.mount.assert_called_once_with("/dev/sdb")
