import unittest
from unittest import mock

import shop.disk
from shop import disk


class TestDisk(unittest.TestCase):
    def setUp(self):
        self.mount = disk.mount
        disk.mount = mock.Mock()

    def tearDown(self):
        shop.disk.mount = self.mount

    def test_mounts(self):
        disk.attach("/dev/sdb")
        disk.mount.assert_called_once_with("/dev/sdb")
