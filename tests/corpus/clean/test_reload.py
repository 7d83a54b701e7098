import importlib
import unittest
from unittest import mock

from shop import disk


class TestDisk(unittest.TestCase):
    def setUp(self):
        disk.mount = mock.Mock()

    def tearDown(self):
        importlib.reload(disk)

    def test_mounts(self):
        disk.attach("/dev/sdb")
        disk.mount.assert_called_once_with("/dev/sdb")
