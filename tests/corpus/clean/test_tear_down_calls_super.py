import unittest
from unittest import mock

from shop import device


class DeviceTestCase(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch.object(device, "sync")
        self.sync = self.patcher.start()

    def tearDown(self):
        self.patcher.stop()


class TestFlush(DeviceTestCase):
    def setUp(self):
        super().setUp()
        self.device = device.open("/dev/null")

    def tearDown(self):
        self.device.close()
        super().tearDown()

    def test_flush(self):
        self.device.flush()
        self.sync.assert_called_once_with()
