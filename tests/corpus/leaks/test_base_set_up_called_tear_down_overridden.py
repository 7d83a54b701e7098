import unittest
from unittest import mock

from shop import device


class DeviceTestCase(unittest.TestCase):
    def setUp(self):
        self.sync_patcher = mock.patch.object(device, "sync")
        self.sync = self.sync_patcher.start()  # MLK101

    def tearDown(self):
        self.sync_patcher.stop()


class TestFlush(DeviceTestCase):
    def setUp(self):
        super().setUp()
        self.device = device.Device()

    def tearDown(self):
        self.device.close()

    def test_flush(self):
        device.flush()
        self.sync.assert_called_once_with()
