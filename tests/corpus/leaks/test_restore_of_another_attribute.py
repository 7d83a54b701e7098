import unittest
from unittest import mock

from shop import disk


class TestDisk(unittest.TestCase):
    def setUp(self):
        self.orig_mount = disk.mount
        self.orig_umount = disk.umount
        disk.mount = mock.Mock()
        disk.umount = mock.Mock()

    def tearDown(self):
        disk.mount = self.orig_mount
        disk.umount = self.orig_mount  # MLK208

    def test_mounts(self):
        disk.attach("/dev/sdb")
        disk.mount.assert_called_once_with("/dev/sdb")
