import unittest
from unittest import mock

from shop import disk


class TestDisk(unittest.TestCase):
    def test_mounts(self):
        self.addCleanup(setattr, disk, "mount", disk.mount)
        disk.mount = mock.Mock()
        disk.attach("/dev/sdb")
        disk.mount.assert_called_once_with("/dev/sdb")
