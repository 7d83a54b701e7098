import unittest
from unittest import mock

from shop import disk


class TestDisk(unittest.TestCase):
    def setUp(self):
        self.orig_mount = disk.mount
        self.keep = False
        disk.mount = mock.Mock()

    def tearDown(self):
        if self.keep:
            disk.mount = self.orig_mount  # MLK208

    def test_mounts(self):
        disk.attach("/dev/sdb")
        disk.mount.assert_called_once_with("/dev/sdb")
