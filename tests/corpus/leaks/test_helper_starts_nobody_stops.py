import unittest
from unittest import mock

from shop.device import flush


class TestDevice(unittest.TestCase):
    def _patch_sync(self, result):
        patcher = mock.patch("shop.device.sync", return_value=result)
        return patcher.start()  # MLK101

    def test_flush(self):
        sync = self._patch_sync(True)
        self.assertTrue(flush())
        sync.assert_called_once_with()
