import unittest
from unittest.mock import Mock

from shop import disk


class TestDisk(unittest.TestCase):
    def setUp(self):
        self.saved, disk.mount = disk.mount, Mock()

    def tearDown(self):
        disk.mount, self.saved = self.saved, None

    def test_mounts(self):
        disk.attach("/dev/sdb")
        disk.mount.assert_called_once_with("/dev/sdb")
