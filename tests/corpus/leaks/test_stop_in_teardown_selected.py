# select: MLK103
import unittest
from unittest import mock

from shop import device


class TestFlush(unittest.TestCase):
    def setUp(self):
        self.sync_patcher = mock.patch.object(device, "sync")
        self.sync = self.sync_patcher.start()  # MLK103
        self.device = device.open("/dev/null")

    def tearDown(self):
        self.sync_patcher.stop()

    def test_flush(self):
        self.device.flush()
        self.sync.assert_called_once_with()
