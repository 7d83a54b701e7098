import importlib
import sys
import unittest
from unittest import mock

import shop.disk


class TestDisk(unittest.TestCase):
    def setUp(self):
        shop.disk.mount = mock.Mock()

    def tearDown(self):
        sys.modules.pop("shop.disk", None)
        importlib.import_module("shop.disk")

    def test_mounts(self):
        shop.disk.attach("/dev/sdb")
        shop.disk.mount.assert_called_once_with("/dev/sdb")
