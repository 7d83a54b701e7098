import unittest
from unittest import mock

from shop import device


class TestFlush(unittest.TestCase):
    verbose = False

    def setUp(self):
        self.sync_patcher = mock.patch.object(device, "sync")
        self.sync = self.sync_patcher.start()  # MLK101

    def tearDown(self):
        if self.verbose:
            print(self.sync.mock_calls)
            self.sync_patcher.stop()

    def test_flush(self):
        device.flush()
        self.sync.assert_called_once_with()
